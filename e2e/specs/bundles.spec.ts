/** A run that comes from another workstation as a bundle, and the keys that say whether it counts. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { RunPage } from '../pages/run-page.ts';

const command = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
let elsewhere = '';
let bundle = '';
let fingerprint = '';

/** The terminal command of the other workstation. */
function there(...args: string[]): string {
  const { stdout, stderr, error } = spawnSync(process.execPath, [command, ...args], {
    env: { ...process.env, WRENCHBOOK_DATA: path.join(elsewhere, 'data'), WRENCHBOOK_LAB_SPEED: '0' },
    encoding: 'utf8',
    input: '',
  });
  if (error) throw error;
  return stdout || stderr;
}

test.beforeAll(() => {
  elsewhere = mkdtempSync(path.join(tmpdir(), 'wb-elsewhere-'));
  bundle = path.join(elsewhere, 'run.wbrun');
  const answers = path.join(elsewhere, 'answers.yaml');
  writeFileSync(answers, there('run', 'perc-h200-crossflash', '--print-answers'));
  const { runId } = JSON.parse(there('run', 'perc-h200-crossflash', '--target', 'lab:no-adapter', '--answers', answers, '--json'));
  there('transcripts', 'export', runId, '--format', 'bundle', '--out', bundle);
  fingerprint = JSON.parse(there('keys', '--json')).own.fingerprint;
});
test.afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

async function choose(electron: ElectronApplication, window: Page, file: string) {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, file);
  await window.getByRole('button', { name: 'Import a run …' }).click();
  const dialog = window.getByRole('dialog', { name: 'Import a run' });
  await expect(dialog).toBeVisible();
  return dialog;
}
async function openSettings(window: Page) {
  await window.getByRole('link', { name: 'Settings' }).click();
  await expect(window.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  return window.getByRole('region', { name: 'Trusted keys' });
}

test('a bundle is taken in after its key was compared, and the run goes on', async ({ app }, info) => {
  const { window, electron } = app;
  const looks = inBothSchemes(window, info);
  await new CataloguePage(window).openRuns();
  const dialog = await choose(electron, window, bundle);
  await expect(dialog).toContainText(fingerprint);
  await expect(dialog).toContainText('are trusted here from now on, for other runs and bundles too');
  await expect(dialog.getByRole('button', { name: 'Import it' })).toBeDisabled();
  await expect(dialog).toHaveCSS('opacity', '1');
  await looks.accessible();
  await looks.picture('stranger');
  await dialog.getByRole('checkbox', { name: 'I compared the fingerprint; it is theirs' }).check();
  await dialog.getByRole('button', { name: 'Import it' }).click();

  const run = new RunPage(window);
  await run.expectFailure(5, /sees no LSI card/);
  await run.takeWayOut(/card/i);
  await run.runStep(5);

  // It is trusted from now on.
  const keys = await openSettings(window);
  await expect(keys.getByRole('row', { name: new RegExp(fingerprint.replace(/[+]/g, '\\+')) })).toContainText('imported with run');
  await looks.picture('settings');
  await looks.accessible();
});

test('a bundle that was damaged is not taken in, and what is wrong with it is named', async ({ app }, info) => {
  const bytes = readFileSync(bundle);
  const damaged = path.join(app.folder, 'damaged.wbrun');
  const at = bytes.indexOf('"type":"session-opened"');
  bytes.write('"type":"session-0pened"', at);
  writeFileSync(damaged, bytes);
  await new CataloguePage(app.window).openRuns();
  const dialog = await choose(app.electron, app.window, damaged);
  await expect(dialog).toContainText('It can’t be imported');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'event 3' })).toHaveCount(1);
  await expect(dialog.getByRole('listitem').filter({ hasText: 'journal.jsonl was changed' })).toHaveCount(1);
  await expect(dialog.getByRole('button', { name: 'Import it' })).toHaveCount(0);
  await expect(dialog).toHaveCSS('opacity', '1');
  await app.window.screenshot({ path: info.outputPath('damaged.png') });
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(app.window.getByText('No runs yet')).toBeVisible();
});

test('a key may count for one run only, is listed with it, and is removed after a question', async ({ app }, info) => {
  const { window, electron } = app;
  await new CataloguePage(window).openRuns();
  const dialog = await choose(electron, window, bundle);
  await dialog.getByRole('checkbox', { name: 'I compared the fingerprint; it is theirs' }).check();
  await dialog.getByRole('checkbox', { name: 'Only this once' }).check();
  await expect(dialog).toContainText('for this run only');
  await dialog.getByRole('button', { name: 'Import it' }).click();
  await new RunPage(window).expectFailure(5, /sees no LSI card/);

  const runs = await new CataloguePage(window).openRuns();
  await runs.table.getByRole('link', { name: /^Transcript of/ }).click();
  await window.getByRole('button', { name: 'Verify' }).click();
  await expect(window.getByText('Verified: unchanged since it was written')).toBeVisible();

  const keys = await openSettings(window);
  const theirs = keys.getByRole('row').filter({ hasText: fingerprint });
  await expect(theirs).toContainText('only for run');
  await theirs.getByRole('button', { name: /^Remove/ }).click();
  const question = window.getByRole('dialog', { name: 'Remove a key' });
  await expect(question).toContainText(fingerprint);
  await window.screenshot({ path: info.outputPath('remove.png') });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(theirs).toHaveCount(1);
  await theirs.getByRole('button', { name: /^Remove/ }).click();
  await question.getByRole('button', { name: 'Remove the key' }).click();
  await expect(theirs).toHaveCount(0);
});

test('a key is added by pasting it, and what is none is named', async ({ app }) => {
  const { window } = app;
  const keys = await openSettings(window);
  await expect(window.getByRole('region', { name: 'This computer’s signing key' })).toContainText('mode 0600');
  const form = window.getByRole('region', { name: 'Add a key' });
  const [key, whose] = [form.getByRole('textbox', { name: 'Fingerprint or public key' }), form.getByRole('textbox', { name: 'Key owner' })];
  await key.fill('not a key');
  await whose.fill('Greta at the branch office');
  await whose.press('Enter');
  await expect(form).toContainText('neither a key nor the fingerprint of one');
  await key.fill(` ${fingerprint} `);
  await key.press('Enter');
  await expect(keys.getByRole('row').filter({ hasText: fingerprint })).toContainText('Greta at the branch office');
  await expect(key).toHaveValue('');
  // Now its bundles are taken in without a question.
  await new CataloguePage(window).openRuns();
  const dialog = await choose(app.electron, window, bundle);
  await expect(dialog).toContainText('with a trusted key');
});
