import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, test } from '../app-fixture.ts';
import { findingsInBoth } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { ExportDialog } from '../pages/export-dialog.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { StartPage } from '../pages/start-page.ts';
import { TargetsPage } from '../pages/targets-page.ts';

/** Says which of the looks found something, and goes on to the next. */
const lookAt = (window: Page) => async (place: string) => {
  expect.soft(await findingsInBoth(window), place).toEqual([]);
};
/** Also where a dialog gave the focus back, or what had it is gone. */
const expectFocusSomewhere = (window: Page) => expect.poll(() => window.evaluate(() => document.activeElement?.tagName ?? 'none')).not.toBe('BODY');

test.describe('in both schemes nothing is found, of any severity,', () => {
  test('from the catalogue to a form', async ({ app }) => {
    const { window } = app;
    const look = lookAt(window);
    const catalogue = new CataloguePage(window);
    await look('catalogue');
    await catalogue.search('NETLOGON 5774');
    await expect(window.getByRole('link', { name: 'BIND in front of Active Directory' })).toBeVisible();
    await look('catalogue, searched');
    await catalogue.search('');
    await window.keyboard.press('Control+K');
    await expect(window.getByRole('dialog', { name: 'Search' })).toBeVisible();
    await look('search over everything');
    await window.keyboard.press('Escape');
    await expectFocusSomewhere(window);
    const topic = await catalogue.openTopic('Crossflash a Dell PERC H200');
    await look('topic');
    const start = await topic.rehearse('No adapter found');
    await expect(window.getByText('cd stick/P07 && sas2flash.efi -o -e 6').first()).toBeVisible();
    await look('start');
    await start.where.click();
    await expect(window.getByRole('option', { name: /^This machine/ })).toBeAttached();
    await look('start, “Where” open');
  });

  test('in a run, up to a failed step', async ({ app }) => {
    const { window } = app;
    const look = lookAt(window);
    const topic = await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200');
    const run = await (await topic.rehearse('No adapter found')).start();
    await expect(run.stepHeading(1)).toBeVisible();
    await look('first step');
    await run.runSteps(1, 4);
    await run.runStep(5, /^Step 5: /);
    await run.expectFailure(5, /sees no LSI card/);
    await look('failed step');
    await window.getByRole('button', { name: 'Terminal text for screen readers' }).click();
    await expect(window.locator('.xterm-accessibility')).toBeAttached();
    await look('terminal for screen readers');
  });

  test('in the list of runs and in storage', async ({ app }) => {
    const { window } = app;
    const look = lookAt(window);
    const run = await (await (await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
    await run.runSteps(1, 2);
    await window.getByRole('button', { name: 'Leave for later' }).click();
    const runs = await new CataloguePage(window).openRuns();
    await expect(runs.rows).toHaveCount(1);
    await look('runs');
    await runs.rows
      .first()
      .getByRole('button', { name: /^Storage of / })
      .click();
    await expect(window.getByRole('menu')).toBeVisible();
    await look('menu of a run');
    await window.keyboard.press('Escape');
    await expectFocusSomewhere(window);
    await runs.search('nowhere');
    await expect(window.getByText('No matching run')).toBeVisible();
    await look('runs, none found');
    await runs.showAll();
    const storage = await runs.openStorage();
    await look('storage');
    await storage.look();
    await look('what a rule would do');
  });

  test('in a transcript and its export', async ({ app }) => {
    const { window } = app;
    const look = lookAt(window);
    const run = await (await (await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
    await run.runSteps(1, 2);
    await window.getByRole('button', { name: 'Leave for later' }).click();
    const runs = await new CataloguePage(window).openRuns();
    await runs.table.getByRole('link', { name: /^Transcript of/ }).click();
    await expect(window.getByRole('heading', { level: 1, name: /^Transcript:/ })).toBeVisible();
    for (const tab of ['Replay', 'Record', 'Plan', 'Screens', 'Time per step']) {
      await window.getByRole('tab', { name: tab }).click();
      await look(`transcript, ${tab}`);
    }
    const { dialog } = await ExportDialog.open(window);
    await look('export');
    await window.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expectFocusSomewhere(window);
  });

  test('among targets, settings and calculators', async ({ app }) => {
    const { window } = app;
    const look = lookAt(window);
    const targets = await new TargetsPage(window).open();
    await expect(window.getByText('No targets yet')).toBeVisible();
    await look('no targets');
    putTargets(app);
    await window.reload();
    await expect(targets.card('Web 1')).toBeVisible();
    await look('targets');
    await targets.startAdding();
    await targets.fill({ Name: 'n'.repeat(100) });
    await targets.dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await look('adding a target, wrongly');
    await targets.choose('Where it is', 'a console, for machines without ssh');
    await look('adding a console');
    await window.keyboard.press('Escape');
    await expectFocusSomewhere(window);
    await window.getByRole('button', { name: 'Add from ssh files …' }).click();
    await expect(targets.dialog).toBeVisible();
    await look('adding from ssh files');
    await window.keyboard.press('Escape');
    const test = await targets.test('Web 1');
    await expect(test).toContainText('failed');
    await look('a test of a target');
    await targets.card('Web 1').getByRole('button', { name: 'Remove Web 1' }).click();
    await look('removing a target');
    await targets.card('Web 1').getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(targets.card('Web 1')).toHaveCount(0);
    await expectFocusSomewhere(window);

    await new SettingsPage(window).open();
    await expect(window.getByRole('heading', { name: 'Add a key' })).toBeVisible();
    await window.getByRole('button', { name: 'Add the key' }).click();
    await look('settings');
    const calculators = (await listTopics(window)).filter(({ kind }) => kind === 'calculator');
    for (const { title } of calculators) {
      await (await new CataloguePage(window).open()).openCalculator(title);
      await expect(window.getByRole('heading', { name: 'Results' })).toBeVisible();
      await look(title);
    }
    await window.evaluate(() => {
      location.hash = '#/start/bind-ad-dns?where=local';
    });
    await window.getByRole('button', { name: 'Start on This machine' }).click();
    await expect(new StartPage(window).where).toBeVisible();
    await look('a form that is wrong');
  });
});

const listTopics = (page: Page) => page.evaluate(() => window.wrenchbook.topics.list({}));

/** One that nobody answers at, and one that can't be used. */
function putTargets({ folder }: App): void {
  const entry = { connection: { kind: 'ssh', host: '127.0.0.1', port: 1 }, root: 'none', group: 'Rack 1', tags: ['web'], note: '' };
  mkdirSync(path.join(folder, 'data'), { recursive: true });
  writeFileSync(
    path.join(folder, 'data', 'targets.json'),
    JSON.stringify({
      version: 1,
      targets: [
        { id: 'web-1', name: 'Web 1', ...entry },
        { id: 'web-2', name: 'Web 2', ...entry, root: 'magic' },
      ],
    }),
  );
}

test('fields are known by their edge, and their help can be read', async ({ app }) => {
  const { window } = app;
  await new SettingsPage(window).open();
  const line = (selector: string) =>
    window
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).borderTopColor);
  const wanted = await window.evaluate(() => {
    const probe = document.createElement('div');
    probe.style.border = '1px solid var(--wb-field-line)';
    document.body.append(probe);
    const { borderTopColor } = getComputedStyle(probe);
    probe.remove();
    return borderTopColor;
  });
  expect(await line('.mantine-Input-input')).toBe(wanted);
  expect(
    await window
      .locator('.mantine-InputWrapper-description')
      .first()
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
  ).toBeGreaterThanOrEqual(12);
  await window.evaluate(() => {
    location.hash = '#/start/bootable-usb';
  });
  await expect(window.getByRole('radio').first()).toBeVisible();
  expect(await line('.mantine-Radio-radio:not(:checked)')).toBe(wanted);
});

test('dividers have a name and show the focus', async ({ app }) => {
  const { window } = app;
  await (await (await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  const dividers = window.getByRole('separator');
  await expect(dividers.first()).toBeVisible();
  for (const divider of await dividers.all()) await expect(divider).toHaveAccessibleName(/\S/);
  await dividers.first().focus();
  await window.keyboard.press('ArrowRight');
  expect(await dividers.first().evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
});

test('at 1024×700 and at 125 % nothing scrolls sideways and the terminal can be read', async ({ app }) => {
  const { window } = app;
  await window.setViewportSize({ width: 1024, height: 700 });
  const run = await (await (await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 5);
  const sideways = () => window.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await sideways()).toBe(0);
  await window.evaluate(() => {
    document.documentElement.style.setProperty('zoom', '1.25');
  });
  expect(await sideways()).toBe(0);
  await expect(run.terminal).toBeVisible();
  const rows = await run.terminal.evaluate((element) => element.children.length);
  expect(rows).toBeGreaterThanOrEqual(5);
});
