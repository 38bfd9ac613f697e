import { restingRun } from '../../electron/backend/retention/resting-run.test-kit.ts';
import { expect, test } from '../app-fixture.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

test('old runs: sizes, what a rule would do, doing it, what stays of it', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  const picture = async (name: string) => {
    await looks.picture(name);
    await looks.accessible(name);
  };
  await window.setViewportSize({ width: 1200, height: 860 });
  const data = `${app.folder}/data`;
  restingRun(data, '20260101-100000-a-topic-0001', { days: 3 });
  restingRun(data, '20250601-100000-a-topic-0002', { days: 100 });
  restingRun(data, '20240101-100000-a-topic-0003', { days: 700 });
  restingRun(data, '20230101-100000-a-topic-0004', { days: 900, end: 'failed' });

  const runs = await new CataloguePage(window).openRuns();
  await expect(runs.rows).toHaveCount(4);
  await expect(runs.rows.nth(0)).toContainText(/\d KiB/);
  await picture('runs');
  const storage = await runs.openStorage();
  await expect(storage.usage).toContainText('4 runs');
  await storage.saveRule({ archiveAfter: '30', deleteAfter: '365' });
  await expect(window.getByText('Now: 1 run, frees').first()).toBeVisible();
  await storage.look();
  await expect(storage.entries).toHaveCount(3); // with the head of the table
  await expect(storage.dialog.getByText('1 run left alone')).toBeVisible();
  await picture('plan');
  await storage.agree('Archive 1 run, delete 1 run', 'delete 1 run');
  await expect(window.getByRole('main').getByText('1 archived, 1 deleted')).toBeVisible();
  await expect(storage.log.getByText('20240101-100000-a-topic-0003')).toBeVisible();
  await expect(storage.usage).toContainText('1 run, before that');
  await picture('storage');

  await new CataloguePage(window).openRuns();
  await expect(runs.rows).toHaveCount(3);
  await expect(runs.rows.nth(1)).toContainText('archived');
  await runs.search('0x5854');
  await expect(runs.rows).toHaveCount(3);
  await runs.search('');
  await runs.storageOf(0, /^Keep/);
  await expect(runs.rows.nth(0)).toContainText('kept');
  await runs.storageOf(0, /^Delete/);
  await storage.agree('Delete 1 run', 'delete 1 run');
  await expect(runs.rows).toHaveCount(2);

  // The archived one, which is the first now: read as it is, then brought back.
  await runs.rows
    .nth(0)
    .getByRole('link', { name: /^Transcript of/ })
    .click();
  await window.getByRole('tab', { name: 'Screens' }).click();
  await expect(window.getByText('mptsas2: fault').first()).toBeVisible();
  await window.getByRole('button', { name: 'Verify' }).click();
  await expect(window.getByText('Verified: unchanged')).toBeVisible();
  await window.getByRole('button', { name: 'Restore from the archive' }).click();
  await expect(window.getByRole('button', { name: 'Open the run' })).toBeVisible();
  await new CataloguePage(window).openRuns();
  await expect(runs.rows).toHaveCount(2);
  await expect(runs.rows.nth(0)).not.toContainText('archived');
});
