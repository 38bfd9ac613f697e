import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type ElectronApplication } from '@playwright/test';
import { expect, test } from '../app-fixture.ts';
import { chromiumPath } from '../chromium-path.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
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

test('a finished run is verified, replayed, read and exported in every format', async ({ app }) => {
  const run = await rehearsed(app.window);
  const transcript = await run.openTranscript();
  await transcript.verify();
  await expect(app.window.getByText('Verified: unchanged since it was written')).toBeVisible();

  await app.window.getByRole('list', { name: 'Jump to a step' }).getByRole('button', { name: /Erase/ }).click();
  await expect(app.window.locator('.ap-player')).toContainText('Erase Flash', { timeout: 20_000 });
  await transcript.tab('Record');
  await expect(app.window.getByRole('list', { name: 'Record' })).toContainText('confirmed by typing "5782bcb-0-1234-5600"');
  await transcript.tab('Screens');
  await expect(app.window.getByRole('region', { name: 'Screen of step 14' })).toContainText('0x2213 (IT)');
  await transcript.tab('Time per step');
  await expect(app.window.getByRole('list', { name: 'Seconds per step' }).getByRole('listitem')).toHaveCount(14);

  for (const [label, format] of [
    [/Markdown/, 'md'],
    [/HTML page/, 'html'],
    [/Recording/, 'cast'],
    [/Plain text/, 'txt'],
    [/JSON/, 'json'],
  ] as const) {
    const file = path.join(app.folder, `transcript.${format}`);
    await saveTo(app.electron, file);
    await transcript.export(label);
    await expect(app.window.getByText(file).first()).toBeVisible();
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(1000);
  }

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
  await page.getByRole('button', { name: /7\. Erase/ }).click();
  await expect(page.locator('.ap-player')).toContainText('Erase Flash', { timeout: 20_000 });
  expect(troubles).toEqual([]);
  expect(asked.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  await browser.close();
});

test('an edited recording is named', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 4);
  const { writeFileSync } = await import('node:fs');
  const recording = path.join(app.folder, 'data', 'runs', run.runId, 'recording.cast');
  writeFileSync(recording, readFileSync(recording, 'utf8').replace('EFI Shell', 'EFI shell'));
  const runs = await new CataloguePage(app.window).openRuns();
  await runs.table.getByRole('link', { name: /^Transcript of/ }).click();
  await app.window.getByRole('button', { name: 'Verify' }).click();
  await expect(app.window.getByText('Not as it was written')).toBeVisible();
  await expect(app.window.getByRole('list', { name: 'Findings' })).toContainText('the recording was changed');
});

test('a place that can’t be written to is named, with the way out', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runStep(1);
  await saveTo(app.electron, path.join(app.folder, 'no', 'such', 'folder', 'x.md'));
  await app.window.getByRole('button', { name: 'Export' }).click();
  await app.window.getByRole('menuitem', { name: /Markdown/ }).click();
  await expect(app.window.getByText(/no\/such\/folder/).first()).toBeVisible();
});
