/** A run on a real machine says over the whole width where it is and as whom, and louder where the machine is for production. */
import { expect, test } from '../app-fixture.ts';
import { RunPage } from '../pages/run-page.ts';
import { TargetsPage } from '../pages/targets-page.ts';

test('a machine that is marked for production has its mark on each run there', async ({ app }) => {
  const { window } = app;
  const targets = await new TargetsPage(window).open();
  await targets.startAdding();
  await targets.choose('Where it is', 'this machine');
  await targets.fill({ Name: 'The one that pays' });
  await window.getByRole('switch', { name: 'Production' }).check({ force: true });
  await targets.save('Add');
  const runId = await window.evaluate(async () => {
    const { wrenchbook } = globalThis.window;
    const run = await wrenchbook.runs.start({ topicId: 'xen-citrix-pv', target: { kind: 'local' }, parameters: { domains: 'win', toolstack: 'xl' } });
    location.hash = `#/run/${run.runId}`;
    return run.runId;
  });
  const run = new RunPage(window);
  await expect(run.stepHeading(1)).toBeVisible();
  expect(run.runId).toBe(runId);
  const band = window.getByRole('note', { name: 'Where this runs' });
  await expect(band).toContainText('The one that pays');
  await expect(band).toContainText(/as (root|your user there)/);
  await expect(band.getByText('production')).toBeVisible();
  const ground = () => band.evaluate((element) => getComputedStyle(element).backgroundColor);
  const loud = await ground();
  await window.evaluate(async () => {
    const { wrenchbook } = globalThis.window;
    const [target] = await wrenchbook.targets.list({});
    await wrenchbook.targets.edit({ targetId: target?.id ?? '', change: { production: false } });
  });
  await expect(band.getByText('production')).toHaveCount(0);
  expect(await ground()).not.toBe(loud);
});
