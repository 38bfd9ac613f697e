import { readFileSync } from 'node:fs';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

test.describe('at real speed', () => {
  test.use({ environment: { WRENCHBOOK_LAB_SPEED: '1' } });

  test('kill -9 of the app in the erase: it opens at that step and repeats nothing by itself', async ({ app }) => {
    const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
    await run.runSteps(1, 6);
    await app.window.getByRole('textbox', { name: /Type the SAS address/ }).fill('5782bcb-0-1234-5600');
    await run.act();
    await expect(run.terminal).toContainText('Erasing Flash');
    await app.kill();
    await app.restart();
    // The window opens there, and Runs has it too.
    await expect(app.window.getByRole('heading', { name: 'This run was interrupted' })).toBeVisible();
    const runs = await new CataloguePage(app.window).openRuns();
    await expect(runs.table).toContainText(/interrupted/i);
    const again = await runs.continueFirst();
    await expect(app.window.getByRole('heading', { name: 'This run was interrupted' })).toBeVisible();
    await expect(again.hold).toContainText(/not reboot/i);
    await expect(app.window.getByText(/its end was never seen/)).toBeVisible();
    // Again only with the confirmation typed once more.
    const retry = app.window.getByRole('form', { name: /Run "Erase firmware/ });
    await again.seeAll();
    await expect(retry.getByRole('button').last()).toBeDisabled();
    await retry.getByRole('textbox').fill('5782bcb-0-1234-5600');
    await again.act();
    await expect(again.stepHeading(8)).toBeVisible();
  });

  test('Ctrl-C stops the command, not the run', async ({ app }) => {
    const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
    await run.runSteps(1, 6);
    await app.window.getByRole('textbox', { name: /Type the SAS address/ }).fill('5782bcb-0-1234-5600');
    await run.act();
    await expect(run.terminal).toContainText('Erasing Flash');
    await app.window.getByRole('button', { name: 'Ctrl-C' }).click();
    await run.expectFailure(7, /stopped with Ctrl-C/);
  });
});

test('a backend that dies is started again, and its run is interrupted', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 3);
  const { runId } = run;
  const lock = JSON.parse(readFileSync(`${app.folder}/data/runs/${runId}/lock`, 'utf8')) as { pid: number };
  process.kill(lock.pid, 'SIGKILL');
  await expect
    .poll(() =>
      app.window.evaluate(() =>
        window.wrenchbook.app.info({}).then(
          (info) => info.version,
          () => '',
        ),
      ),
    )
    .toBeTruthy();
  await run.runStep(4);
  const now = JSON.parse(readFileSync(`${app.folder}/data/runs/${runId}/lock`, 'utf8')) as { pid: number };
  expect(now.pid).not.toBe(lock.pid);
});

test('a run that was left goes on after a restart of the app', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 6);
  await app.electron.close();
  await app.restart();
  const again = await (await new CataloguePage(app.window).openRuns()).continueFirst();
  await expect(again.stepHeading(7)).toBeVisible();
  await again.erase();
});
