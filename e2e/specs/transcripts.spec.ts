import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type ElectronApplication } from '@playwright/test';
import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { chromiumPath } from '../chromium-path.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { ExportDialog } from '../pages/export-dialog.ts';
import type { RunPage } from '../pages/run-page.ts';

async function rehearsed(window: import('@playwright/test').Page): Promise<RunPage> {
  const run = await (await (await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 6);
  await run.erase();
  await run.runSteps(8, 9);
  await run.writeP07();
  await run.runSteps(11, 13);
  await run.runStep(14, /Rehearsal done/i);
  return run;
}
/** The save dialog answers with this path. */
const saveTo = (electron: ElectronApplication, file: string) =>
  electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);

async function exportAs(window: import('@playwright/test').Page, format: RegExp): Promise<ExportDialog> {
  const dialog = await ExportDialog.open(window);
  await dialog.save(format);
  return dialog;
}

test('a finished run is verified, replayed, read and exported in every format', async ({ app }) => {
  const run = await rehearsed(app.window);
  const transcript = await run.openTranscript();
  await transcript.verify();
  await expect(app.window.getByText('Verified: unchanged since it was written')).toBeVisible();

  await app.window.getByRole('list', { name: 'Jump to a step' }).getByRole('button', { name: /Erase/ }).click();
  await expect(app.window.locator('.ap-player')).toContainText('Erase Flash', { timeout: 120_000 });
  await transcript.tab('Record');
  await expect(app.window.getByRole('list', { name: 'Record' })).toContainText('confirmed by typing "5782bcb-0-1234-5600"');
  await transcript.tab('Screens');
  await expect(app.window.getByRole('region', { name: 'Screen of step 14' })).toContainText('0x2213 (IT)');
  await transcript.tab('Time per step');
  await expect(app.window.getByRole('list', { name: 'Seconds per step' }).getByRole('listitem')).toHaveCount(14);

  const dialog = await transcript.openExport();
  for (const [label, format] of [
    [/Markdown/, 'md'],
    [/HTML page/, 'html'],
    [/Recording/, 'cast'],
    [/Plain text/, 'txt'],
    [/JSON/, 'json'],
    [/sudo/, 'sudo'],
  ] as const) {
    const file = path.join(app.folder, `transcript.${format}`);
    await saveTo(app.electron, file);
    await dialog.save(label);
    await dialog.expectSaved(file);
    expect(readFileSync(format === 'sudo' ? path.join(file, 'ttyout') : file, 'utf8').length).toBeGreaterThan(1000);
    await dialog.again();
  }
  await app.window.keyboard.press('Escape');
  await expect(dialog.dialog).toBeHidden();

  // The HTML file by itself, in a browser without network.
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const page = await (await browser.newContext({ offline: true })).newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await page.goto(`file://${path.join(app.folder, 'transcript.html')}`);
  await expect(page.getByText('Rehearsal: this ran in the lab')).toBeVisible();
  // Checked in every frame: it plays on, and is past it in a second.
  const shown = page.waitForFunction(() => document.querySelector('.ap-player')?.textContent?.includes('Erase Flash'), undefined, { polling: 'raf' });
  await page.getByRole('button', { name: /7\. Erase/ }).click();
  await shown;
  expect(troubles).toEqual([]);
  expect(asked.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  await browser.close();
});

test('an edited recording is named', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 4);
  const recording = path.join(app.folder, 'data', 'runs', run.runId, 'recording.cast');
  writeFileSync(recording, readFileSync(recording, 'utf8').replace('EFI Shell', 'EFI shell'));
  const runs = await new CataloguePage(app.window).openRuns();
  await runs.table.getByRole('link', { name: /^Transcript of/ }).click();
  await app.window.getByRole('button', { name: 'Verify' }).click();
  await expect(app.window.getByText('Changed since it was written')).toBeVisible();
  await expect(app.window.getByRole('list', { name: 'Findings' })).toContainText('the recording was changed');
});

test('a place that can’t be written to is named, with the way out', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runStep(1);
  await saveTo(app.electron, path.join(app.folder, 'no', 'such', 'folder', 'x.md'));
  const { dialog } = await exportAs(app.window, /Markdown/);
  await expect(dialog.getByRole('alert')).toContainText(/no\/such\/folder\/x\.md: ENOENT.*The folder does not exist/);
  // Another place, without starting over.
  await saveTo(app.electron, path.join(app.folder, 'x.md'));
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await expect(dialog.getByText(path.join(app.folder, 'x.md'))).toBeVisible();
});

test('a long export shows how far it is, is cancelled, and leaves nothing', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 2);
  const line = `${JSON.stringify([0, 'o', 'a line of text\r\n'.repeat(10_000)])}\n`;
  writeFileSync(path.join(app.folder, 'data', 'runs', run.runId, 'recording.cast'), line.repeat(600), { flag: 'a' });
  const saved = path.join(app.folder, 'saved');
  mkdirSync(saved);
  await saveTo(app.electron, path.join(saved, 'long.txt'));
  const { dialog, progress } = await exportAs(app.window, /Plain text/);
  await expect(progress).toBeVisible();
  await expect(dialog.getByText(/^[1-9]\d? %, /)).toBeVisible();
  await app.window.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Cancelled. Nothing was written.');
  expect(readdirSync(saved)).toEqual([]);
});

test('the dialog is worked by keyboard, and an export that is not saved anywhere changes nothing', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runStep(1);
  const opener = app.window.getByRole('button', { name: 'Export…' });
  await opener.focus();
  await app.window.keyboard.press('Enter');
  const { dialog } = new ExportDialog(app.window);
  await expect(dialog.getByRole('radio', { name: /Markdown/ })).toBeFocused();
  await app.window.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: /HTML page/ })).toBeChecked();
  await app.electron.evaluate(({ dialog: dialogs }) => {
    dialogs.showSaveDialog = async () => ({ canceled: true, filePath: '' });
  });
  await app.window.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Save…' })).toBeFocused();
  const file = path.join(app.folder, 'keyboard.html');
  await saveTo(app.electron, file);
  await app.window.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
  await app.window.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  expect(readFileSync(file, 'utf8')).toContain('</html>');
});

test('an export for outside shows what it replaces, and replaces it', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 2);
  writeFileSync(path.join(app.folder, 'data', 'runs', run.runId, 'recording.cast'), '[0,"o","greta@sto"]\n[0,"o","r9:~$ ping 10.9.8.7\\r\\n"]\n', {
    flag: 'a',
  });
  const file = path.join(app.folder, 'outside.txt');
  await saveTo(app.electron, file);
  const dialog = await ExportDialog.open(app.window);
  const preview = await dialog.forOutside();
  await expect(preview.getByRole('row', { name: /stor9/ })).toContainText(/machine.*host-\d+/);
  await expect(preview.getByRole('row', { name: /10\.9\.8\.7/ })).toContainText('192.0.2.1');
  await dialog.save(/Plain text/);
  await dialog.expectSaved(file);
  expect(readFileSync(file, 'utf8')).toMatch(/user-\d+@host-\d+:~\$ ping 192\.0\.2\.1/);
});

test('looking through a long run shows how far it is and is cancelled', async ({ app }, info) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 2);
  const line = `${JSON.stringify([0, 'o', 'greta@stor9:~$ ping 10.9.8.7\r\n'.repeat(5000)])}\n`;
  writeFileSync(path.join(app.folder, 'data', 'runs', run.runId, 'recording.cast'), line.repeat(1000), { flag: 'a' });
  const { dialog } = await ExportDialog.open(app.window);
  await dialog.getByRole('checkbox', { name: 'Anonymise' }).check();
  await expect(dialog.getByRole('progressbar', { name: 'Searching the run' })).toBeVisible();
  await expect(dialog.getByText(/: [1-9]\d? %, /)).toBeVisible();
  await app.window.screenshot({ path: info.outputPath('looking.png') });
  await dialog.getByRole('button', { name: 'Cancel the search' }).click();
  await expect(dialog.getByText('Not searched.')).toBeVisible();
  // Again, and gone with what asked for it.
  await dialog.getByRole('button', { name: 'Search it' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Searching the run' })).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Anonymise' }).uncheck();
  await expect(dialog.getByRole('progressbar')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
});

test('the dialog has no serious finding', async ({ app }, info) => {
  const looks = inBothSchemes(app.window, info);
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runStep(1);
  const opened = await ExportDialog.open(app.window);
  const { dialog } = opened;
  await opened.forOutside();
  // Half faded in, its colours are others.
  await expect(dialog).toHaveCSS('opacity', '1');
  await looks.accessible('export', '[role=dialog]');
  await looks.picture('export');
});
