import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { RunPage } from '../pages/run-page.ts';
import { StartPage } from '../pages/start-page.ts';

const title = 'Windows 11 will not start after an update';
const looked = (names: string) => `E:\\>RESCUE look\n== RESCUE look\nWindows is on D:\n${names}`;

test('a Windows that does not start: the card is printed and saved, and what Windows said in German is judged', async ({ app }, info) => {
  const { window, electron, folder } = app;
  const looks = inBothSchemes(window, info);
  await new CataloguePage(window).openTopic(title);
  await expect(window.getByRole('figure', { name: 'Which path leads where' })).toContainText('0x80070002');
  await looks.picture('topic', { fullPage: true });
  await looks.accessible();
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  await new StartPage(window).where.click();
  await window.getByRole('option', { name: 'By hand' }).click();
  await window.getByRole('button', { name: 'Start', exact: true }).click();
  const run = new RunPage(window);
  await run.act();
  await expect(run.stepHeading(2)).toBeVisible();
  await looks.picture('cards', { fullPage: true });
  await looks.accessible();

  const saved = path.join(folder, 'RESCUE.CMD');
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, saved);
  await window.getByRole('button', { name: 'Save RESCUE.CMD' }).click();
  await expect(window.getByText(`Saved to ${saved}`, { exact: true })).toBeVisible();
  const file = readFileSync(saved, 'latin1');
  expect(file).toMatch(/^@echo off\r\nrem [\s\S]*\r\n$/);
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[^\x20-\x7e]/);

  await window.evaluate(() => {
    globalThis.print = () => undefined; // else the sheet is gone before it is looked at
  });
  await window.getByRole('button', { name: 'Print: Without a stick: the same, typed in the Command Prompt' }).click();
  await window.emulateMedia({ media: 'print' });
  const sheet = window.getByRole('region', { name: 'Without a stick: the same, typed in the Command Prompt, as it is printed' });
  await expect(sheet).toBeVisible();
  await expect(sheet.getByRole('listitem')).toHaveCount(7); // a line each, from "set W=" to rstrui
  await expect(window.getByRole('heading', { level: 1 })).toHaveCount(1);
  expect(await sheet.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor])).toEqual([
    'rgb(0, 0, 0)',
    'rgb(255, 255, 255)',
  ]);
  await looks.picture('printed', { fullPage: true });
  await window.emulateMedia({ media: 'screen' });
  // On paper the page behind it is laid out anew, for another width: the sheet is there until it was drawn.
  await window.evaluate(() =>
    globalThis.addEventListener('afterprint', () => document.body.setAttribute('data-drawn', String(document.body.dataset.printsCard))),
  );
  await (await window.context().newCDPSession(window)).send('Page.printToPDF', {});
  await expect(window.locator('body')).toHaveAttribute('data-drawn', 'yes');
  await expect(sheet).toHaveCount(0);

  await run.act();
  const printed = window.getByLabel('Output on that machine');
  await expect(window.getByRole('figure', { name: 'Type there', exact: true })).toContainText('RESCUE look');
  await printed.fill(looked('SOFTWARE\nSYSTEM'));
  await window.getByRole('button', { name: 'Check the output' }).click();
  await expect(run.stepHeading(4)).toBeVisible();
  await printed.fill(`Renamed to SOFTWARE.001 and SYSTEM.001\n${looked('SOFTWARE.001\nSYSTEM.001')}`);
  await window.getByRole('button', { name: 'Check the output' }).click();
  await expect(run.stepHeading(5)).toBeVisible();
  await printed.fill(
    `Systemwiederherstellungsfehler beim Wiederherstellen der Registrierung aus dem Wiederherstellungspunkt. Unbekannter Fehler bei der Systemwiederherstellung. (0x80070002)\n${looked('SOFTWARE.001\nSYSTEM.001')}`,
  );
  await window.getByRole('button', { name: 'Check the output' }).click();
  await run.expectFailure(5, /failed at the registry/);
  await looks.picture('german', { fullPage: true });
  await looks.accessible();
  await printed.fill(`Die Systemwiederherstellung wurde erfolgreich abgeschlossen.\n${looked('SOFTWARE\nSOFTWARE.001\nSYSTEM\nSYSTEM.001')}`);
  await window.getByRole('button', { name: 'Run "Restore" again' }).click();
  await expect(run.stepHeading(6)).toBeVisible();
});
