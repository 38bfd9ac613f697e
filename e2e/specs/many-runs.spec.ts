/** Ten thousand runs: the list stays usable while they are read, and finds one of them. */
import { castBytes, plannedStep, stepDone, writeRun } from '../../electron/backend/history/synthetic-run.test-kit.ts';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const many = 10_000;

test('ten thousand runs are listed, counted and searched, and the window answers meanwhile', async ({ app }) => {
  test.setTimeout(300_000);
  await app.electron.close();
  for (let index = 0; index < many; index++) addRun(`${app.folder}/data`, index);
  await app.restart();
  const { window } = app;
  const runs = await new CataloguePage(window).openRuns();
  // Before all of them are read, the newest are there and other pages open.
  await expect(runs.rows.first()).toContainText('2024-01-07 22:39');
  await (await new CataloguePage(window).open()).openTopic('Crossflash a Dell PERC H200');
  await new CataloguePage(window).open();
  await new CataloguePage(window).openRuns();
  await expect(window.getByText('10,000 runs, newest first.')).toBeVisible({ timeout: 240_000 });
  await runs.search('ZX7777');
  await expect(runs.rows).toHaveCount(1);
  await runs.search('ZX');
  await expect(window.getByText('10,000 runs fit, newest first.')).toBeVisible();
});

function addRun(data: string, index: number): void {
  const at = new Date(Date.UTC(2024, 0, 1) + index * 60_000).toISOString();
  writeRun(data, {
    runId: `${at.replace(/[-:]/g, '').replace('T', '-').slice(0, 15)}-a-topic-${index.toString(16).padStart(4, '0')}`,
    topicTitle: 'Replace a disk',
    host: index % 2 ? 'web1' : 'web2',
    at,
    parameters: { serial: `ZX${index}` },
    plan: [plannedStep('look', 1, { title: 'Check the controller', script: 'lspci -nn' })],
    output: ['ready\r\n'],
    events: [...stepDone('look', castBytes(['ready\r\n'])), { type: 'run-ended', outcome: 'done' }],
  });
}
