import type { Page } from '@playwright/test';
import { castBytes, plannedStep, stepDone, writeRun } from '../../electron/backend/history/synthetic-run.test-kit.ts';
import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import type { RunPage } from '../pages/run-page.ts';

const rehearse = async (window: Page, failure?: string): Promise<RunPage> => {
  const topic = await (await new CataloguePage(window).open()).openTopic('Crossflash a Dell PERC H200');
  return (await topic.rehearse(failure)).start();
};

test('a run is found by what its screen showed, filtered, and compared with another', async ({ app }) => {
  const { window } = app;
  const well = await rehearse(window);
  await well.runSteps(1, 5);
  const failing = await rehearse(window, 'No adapter found');
  await failing.runSteps(1, 4);
  await failing.runStep(5, /^Step 5: /);
  await failing.expectFailure(5, /sees no LSI card/);

  const runs = await new CataloguePage(window).openRuns();
  await expect(runs.rows).toHaveCount(2);
  await runs.search('"No LSI SAS adapters"');
  await expect(runs.rows).toHaveCount(1);
  await expect(runs.matches.locator('mark').first()).toHaveText(/No LSI SAS adapters/i);
  await runs.openMatch(/^5\. .*screen/);
  await expect(window.getByRole('region', { name: 'Screen of step 5' })).toBeFocused();
  await window.goBack();
  await runs.search('"sas2flash.efi -o -e 6"');
  await runs.openMatch(/^7\. .*plan/);
  await expect(window.getByRole('listitem', { name: /^Step 7: / })).toBeFocused();
  await expect(window.getByRole('listitem', { name: /^Step 7: / })).toContainText('sas2flash.efi -o -e 6');
  await window.goBack();
  await runs.search('"sees no LSI"');
  await runs.openMatch(/^5\. [^,]*$/);
  await expect(window.getByRole('list', { name: 'Record' })).toContainText(/sees no LSI card/);
  await window.goBack();

  await runs.search('nowhere to be found');
  await expect(window.getByText('No matching run')).toBeVisible();
  await window.getByRole('button', { name: 'Show all runs' }).click();
  await expect(runs.rows).toHaveCount(2);
  await runs.filter('Outcome', 'stopped by a failure');
  await expect(runs.rows).toHaveCount(1);
  await runs.showAll();
  await runs.filterDay('To', '2020-01-01');
  await expect(window.getByText('No matching run')).toBeVisible();
  await runs.showAll();

  const comparison = await runs.compareFirstTwo();
  const differing = comparison.step(/^5\. /);
  await expect(differing).toContainText(/differs: .*status.*screen/);
  await expect(differing).toContainText('No LSI SAS adapters found');
  await expect(comparison.step(/^1\. /)).toContainText('same');
  await comparison.onlyDifferences();
});

test('many runs come by pages and nothing has a serious finding', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  await window.setViewportSize({ width: 1024, height: 700 });
  const catalogue = new CataloguePage(window);
  const empty = await catalogue.openRuns();
  await expect(window.getByText('No runs yet')).toBeVisible();
  await catalogue.open();
  for (let index = 0; index < 60; index++) writeSynthetic(app.folder, index);
  const runs = await catalogue.openRuns();
  await expect(window.getByText('60 runs, newest first.')).toBeVisible();
  await expect(runs.rows).toHaveCount(25);
  await window.getByRole('button', { name: 'Page 3' }).click();
  await expect(runs.rows).toHaveCount(10);
  await empty.search('mptsas2: fault 7');
  await expect(runs.rows).toHaveCount(1);
  await looks.accessible();
  await runs.search('fault');
  await expect(window.getByText('60 runs fit, newest first.')).toBeVisible();
  await runs.rows.nth(0).getByRole('checkbox').check();
  await expect(window.getByText('Tick a second run')).toBeVisible();
  await looks.accessible();
  await looks.picture('runs');
  await runs.rows.nth(0).getByRole('checkbox').uncheck();
  await runs.compareFirstTwo();
  await expect(window.getByText('2 of 2 steps differ')).toBeVisible();
  await looks.accessible();
  const sideways = await window.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways).toBe(0);
  await looks.picture('compare');
});

function writeSynthetic(folder: string, index: number): void {
  const output = [`Loading driver\r\nPCI 03:00.0 bound\r\nmptsas2: fault ${index}\r\nRetry\r\n`, 'ready\r\n'];
  const minute = String(index).padStart(2, '0');
  writeRun(`${folder}/data`, {
    runId: `20261101-10${minute}00-a-topic-00${minute}`,
    topicTitle: 'Replace a disk',
    host: index % 2 ? 'web1' : 'web2',
    at: `2026-11-01T10:${minute}:00.000Z`,
    parameters: { serial: `ZX${index}` },
    plan: [
      plannedStep('look', 1, { title: 'Look at the controller', script: 'lspci -nn' }),
      plannedStep('wait', 2, { title: 'Wait until it is ready', script: `sleep ${index}` }),
    ],
    output,
    events: [
      ...stepDone('look', castBytes(output.slice(0, 1))),
      ...stepDone('wait', castBytes(output), { ok: index % 3 > 0, exitStatus: index % 3 > 0 ? 0 : 1 }, 1),
    ],
  });
}
