import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

test('firmware paths that are no firmware are named, and nothing starts', async ({ app }) => {
  const start = await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse();
  const at = (name: string) => path.join(app.folder, name);
  mkdirSync(at('a-directory'));
  execFileSync('mkfifo', [at('a-fifo')]);
  writeFileSync(at('huge'), '');
  truncateSync(at('huge'), 5 * 1024 ** 3);
  writeFileSync(at('not-firmware'), 'hello');
  const field = app.window.locator('#field-dellImage');
  for (const [value, message] of [
    [at('a-directory'), /is a directory/],
    [at('a-fifo'), /not an ordinary file/],
    [at('huge'), /5,368,709,120 bytes/],
    [at('nowhere'), /does not exist/],
    [at('not-firmware'), /not-firmware: /],
    ['relative/path', /./],
  ] as const) {
    await field.fill(value);
    await expect(app.window.locator('.mantine-InputWrapper-error').first()).toContainText(message);
    await app.window.getByRole('button', { name: 'Start rehearsal' }).click();
    await expect(app.window.getByRole('heading', { level: 1, name: /^Plan:/ })).toBeVisible();
  }
  await field.fill('lab:P07/6GBPSAS.FW');
  await start.start();
});

test('unknown topics, runs and steps get a clear message', async ({ app }) => {
  const { window: page } = app;
  for (const [hash, message] of [
    ['#/topic/no-such-topic', /There is no topic "no-such-topic"/],
    ['#/run/20260101-000000-gone', /There is no run/],
    ['#/transcript/20260101-000000-gone', /There is no run/],
  ] as const) {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await expect(page.getByText(message).first()).toBeVisible();
  }
});

test('messages that do not fit are refused with a typed error and harm nothing', async ({ app }) => {
  const { window: page } = app;
  const refused = (code: string) => page.evaluate(`(async () => { try { await (${code}); return 'accepted'; } catch (error) { return error.message; } })()`);
  expect(await refused(`window.wrenchbook.runs.get({ runId: '../../etc' })`)).toContain('bad-message');
  expect(await refused(`window.wrenchbook.topics.get({ topicId: 7 })`)).toContain('bad-message');
  expect(await refused(`window.wrenchbook.terminal.resize({ runId: '20260101-000000-gone', cols: 'wide', rows: 1 })`)).toContain('bad-message');
  // The window may not say where an export goes: only main may, after the dialog.
  expect(await refused(`window.wrenchbook.transcripts.export({ runId: '20260101-000000-gone', format: 'md', out: '/tmp/x' })`)).toContain('not-allowed');
  expect(await page.evaluate(() => window.wrenchbook.topics.list({}).then((topics) => topics.length))).toBeGreaterThan(0);
});

test('terminal sizes that no terminal has are brought into bounds', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 2);
  const { runId } = run;
  for (const [cols, rows] of [
    [0, 0],
    [10_000, 10_000],
    [80, 24],
  ]) {
    await app.window.evaluate((size) => window.wrenchbook.terminal.resize(size), { runId, cols: cols ?? 0, rows: rows ?? 0 });
  }
  await run.runStep(3);
});

test('a second instance ends by itself and leaves the first one alone', async ({ app }) => {
  const executable = app.electron.process().spawnfile;
  const env = { ...(process.env as Record<string, string>), WRENCHBOOK_DATA: path.join(app.folder, 'data') };
  const second = spawn(executable, [path.resolve(import.meta.dirname, '../..'), `--user-data-dir=${path.join(app.folder, 'user-data')}`], {
    env,
    stdio: 'ignore',
  });
  await new Promise((resolve) => second.once('exit', resolve));
  await expect(app.window.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a data folder that can’t be written is named, and nothing is half-made', async ({ app }) => {
  const start = await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse();
  const { rmSync } = await import('node:fs');
  rmSync(path.join(app.folder, 'data', 'runs'), { recursive: true, force: true });
  writeFileSync(path.join(app.folder, 'data', 'runs'), 'in the way');
  await start.window.getByRole('button', { name: 'Start rehearsal' }).click();
  await expect(app.window.getByText(/Could not make a run in/).first()).toBeVisible();
});
