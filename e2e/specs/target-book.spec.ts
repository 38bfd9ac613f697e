import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test as appTest, expect } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { StartPage } from '../pages/start-page.ts';
import { TargetsPage } from '../pages/targets-page.ts';

const test = appTest.extend<object>({
  // The client's files, for the import; nobody is reached with them.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  environment: async ({}, use, info) => {
    const config = info.outputPath('ssh', 'config');
    mkdirSync(path.dirname(config), { recursive: true });
    writeFileSync(config, `Host web1 ${'very-long-alias-'.repeat(8)}end user@web;1\n  HostName 192.0.2.7\n`);
    await use({ WRENCHBOOK_LAB_SPEED: '0', WRENCHBOOK_SSH_CONFIG: config });
  },
});

const entry = (index: number, more: object = {}) => ({
  id: `web-${index}`,
  name: `Web ${index}`,
  connection: { kind: 'ssh', host: `10.1.${Math.floor(index / 250)}.${index % 250}` },
  root: 'sudo',
  group: `Rack ${1 + Math.floor(index / 60)}`,
  tags: index % 7 === 0 ? ['mail'] : [],
  note: '',
  ...more,
});
const put = (folder: string, text: string) => {
  mkdirSync(path.join(folder, 'data'), { recursive: true });
  writeFileSync(path.join(folder, 'data', 'targets.json'), text);
};

test('a long ssh alias is added with a short name, one that can be no target is named, and the list stays whole', async ({ app }) => {
  const { window } = app;
  const targets = await new TargetsPage(window).open();
  const long = `${'very-long-alias-'.repeat(8)}end`;
  await targets.importHosts('web1', long);
  await expect(targets.dialog.getByRole('alert')).toContainText('"user@web;1" of your ssh configuration can’t be a target');
  await targets.dialog.getByRole('button', { name: 'Add 2' }).click();
  await expect(targets.card('web1')).toBeVisible();
  await expect(window.getByRole('article')).toHaveCount(2);
  await expect(window.getByRole('article').filter({ hasText: long })).toBeVisible();
  await app.electron.close();
  await app.restart();
  await new TargetsPage(app.window).open();
  await expect(app.window.getByRole('article')).toHaveCount(2);
  await app.window.getByRole('link', { name: 'Catalogue' }).click();
  await new CataloguePage(app.window).openTopic('BIND in front of Active Directory');
  await app.window.getByRole('button', { name: 'Choose where it runs' }).click();
  await new StartPage(app.window).where.click();
  await expect(app.window.getByRole('option', { name: /^web1/ })).toBeVisible();
});

test('one bad entry hides only itself, and stays in the file', async ({ app }) => {
  const bad = entry(2, { connection: { kind: 'ssh', host: 'web2', port: 99_999 } });
  put(app.folder, JSON.stringify({ version: 1, targets: [entry(1), bad, entry(3)] }));
  await app.window.reload();
  const targets = await new TargetsPage(app.window).open();
  await expect(targets.card('Web 1')).toBeVisible();
  await expect(targets.card('Web 3')).toBeVisible();
  await expect(targets.card('Web 2')).toHaveCount(0);
  const hidden = app.window.getByRole('region', { name: 'Hidden targets' });
  await expect(hidden).toContainText('Entry 2, Web 2: Port has to be at most 65535.');
  await targets.card('Web 3').getByRole('button', { name: 'Remove Web 3' }).click();
  await expect(targets.card('Web 3').getByRole('button', { name: 'Keep' })).toBeFocused();
  await targets.card('Web 3').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(targets.card('Web 3')).toHaveCount(0);
  await expect.poll(() => app.window.evaluate(() => document.activeElement === document.body)).toBe(false);
  expect(JSON.parse(readFileSync(path.join(app.folder, 'data', 'targets.json'), 'utf8')).targets).toEqual([entry(1), bad]);
});

test('a damaged file can be moved away, and until then this machine and the lab can be chosen', async ({ app }) => {
  const { window } = app;
  put(app.folder, '{"version":1,"targ');
  await window.reload();
  await new CataloguePage(window).openTopic('BIND in front of Active Directory');
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  await new StartPage(window).where.click();
  await expect(window.getByRole('option', { name: /^This machine/ })).toBeVisible();
  await expect(window.getByText('The list of your targets can’t be read.')).toBeVisible();
  await window.keyboard.press('Escape');
  await window.getByRole('link', { name: 'Targets says why' }).click();
  await expect(window.getByRole('alert')).toContainText('it is not JSON');
  await window.getByRole('button', { name: 'Move the file away and start an empty list' }).click();
  await expect(window.getByText('No targets yet')).toBeVisible();
  await expect(window.getByRole('alert')).toHaveCount(0);
  const aside = readdirSync(path.join(app.folder, 'data')).filter((name) => name.startsWith('targets.damaged-'));
  expect(aside).toHaveLength(1);
  expect(readFileSync(path.join(app.folder, 'data', aside[0] ?? ''), 'utf8')).toBe('{"version":1,"targ');
  const targets = new TargetsPage(window);
  await targets.startAdding();
  await targets.fill({ Host: 'web1' });
  await targets.save('Add');
  await expect(targets.card('web1')).toBeVisible();
});

test('of 300 targets the one that is looked for is found on the page and in “Where”', async ({ app }) => {
  const { window } = app;
  put(app.folder, JSON.stringify({ version: 1, targets: Array.from({ length: 300 }, (_, index) => entry(index + 1)) }));
  await window.reload();
  const targets = await new TargetsPage(window).open();
  await expect(window.getByText('300 targets')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Rack 1' })).toBeVisible();
  await window.getByRole('textbox', { name: 'Search targets' }).fill('rack 5 web 277');
  await expect(window.getByText('1 target of 300')).toBeVisible();
  await expect(targets.card('Web 277')).toBeVisible();
  await window.getByRole('textbox', { name: 'Search targets' }).fill('nowhere');
  await expect(window.getByText('No matching target.')).toBeVisible();

  await window.getByRole('link', { name: 'Catalogue' }).click();
  await new CataloguePage(window).openTopic('BIND in front of Active Directory');
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  const { where } = new StartPage(window);
  await where.click();
  await expect(window.getByRole('option', { name: /241 more/ })).toBeAttached();
  await expect(window.getByRole('option', { name: 'Rehearsal: everything succeeds' })).toBeAttached();
  await where.fill('10.1.1.37');
  await window.getByRole('option', { name: /^Web 287/ }).click();
  await expect(window.getByRole('button', { name: 'Start on Web 287' })).toBeVisible();
});
