/** Away from the run's page, with the window in the background, or about to be closed: what runs, holds or asks is told. */
import type { Page } from '@playwright/test';
import { type App, closeAnyway, expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { RunPage } from '../pages/run-page.ts';

const crossflash = 'Crossflash a Dell PERC H200';
const rehearse = async (window: Page) => (await (await new CataloguePage(window).openTopic(crossflash)).rehearse()).start();
const bar = (window: Page) => window.getByRole('complementary', { name: 'Runs that need you' });

test('a question is one everywhere: bar, header, list of steps and Runs, and it leads there', async ({ app }) => {
  const { window } = app;
  const run = await rehearse(window);
  await run.runSteps(1, 6);
  await run.erase();
  await run.runSteps(8, 9);
  await run.act();
  const question = window.getByRole('region', { name: 'The tool asks' });
  await expect(question.getByRole('heading')).toBeFocused();
  await expect(run.steps).toContainText('asks you');
  await expect(window.getByRole('banner').or(window.locator('header')).getByText('asks you').first()).toBeVisible();
  await expect(bar(window)).toHaveCount(0);
  const runs = await new CataloguePage(window).openRuns();
  await expect(runs.table).toContainText('asks you');
  for (const page of ['Catalogue', 'Targets', 'Settings']) {
    await window.getByRole('link', { name: page }).first().click();
    await expect(bar(window)).toContainText('Asks you: ');
    await expect(bar(window)).toContainText(/not reboot/i);
  }
  await bar(window).getByRole('button', { name: 'Go there' }).click();
  await expect(question).toBeVisible();
});

async function askInTheBackground({ window, electron }: App, notifications: boolean) {
  await window.evaluate((wanted) => globalThis.window.wrenchbook.settings.set({ notifications: wanted }), notifications);
  const run = await rehearse(window);
  await run.runSteps(1, 6);
  await run.erase();
  await run.runSteps(8, 9);
  const told = () => electron.evaluate((module) => (module as unknown as StandIn).standIn.notifications.map(({ title, body }) => `${title}: ${body}`));
  expect(await told()).toEqual([]);
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const { runId } = run;
  await window.evaluate(async (id) => {
    const { runs } = globalThis.window.wrenchbook;
    await runs.advance({ runId: id, stepId: (await runs.get({ runId: id })).current ?? '' });
    location.hash = '#/';
  }, runId);
  await expect(bar(window)).toHaveAttribute('data-tone', 'asks');
  return told;
}

test('a question that comes while the window is in the background is notified, and leads to the run', async ({ app }) => {
  const { window, electron } = app;
  const told = await askInTheBackground(app, true);
  await expect.poll(told).toEqual([expect.stringMatching(/^A question waits for you: Crossflash a Dell PERC H200 \(lab.*\): /)]);
  await electron.evaluate((module) => {
    (module as unknown as StandIn).standIn.notifications[0]?.emit('click', {});
  });
  await expect(window.getByRole('region', { name: 'The tool asks' })).toBeVisible();
});

test('a question in the background is not notified where settings say so', async ({ app }) => {
  const told = await askInTheBackground(app, false);
  expect(await told()).toEqual([]);
});

test('closing asks while a hold stands, and keeps the window where it is told to', async ({ app }) => {
  const { window, electron } = app;
  const run = await rehearse(window);
  await run.runSteps(1, 6);
  await run.erase();
  await electron.evaluate((module) => {
    const { dialog } = module;
    const asked: string[] = [];
    (module as unknown as StandIn).standIn.recorded.asked = asked;
    dialog.showMessageBox = async (...values: unknown[]) => {
      asked.push((values.at(-1) as { message: string }).message);
      return { response: 0, checkboxChecked: false };
    };
    module.BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect
    .poll(() => electron.evaluate((module) => (module as unknown as StandIn).standIn.recorded.asked))
    .toEqual([expect.stringMatching(/Do not reboot/)]);
  await expect(run.stepHeading(8)).toBeVisible();
  await closeAnyway(electron);
  const ended = electron.waitForEvent('close');
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await ended;
});

test.describe('with an erasing that takes long', () => {
  test.use({ environment: { WRENCHBOOK_LAB_SPEED: '8' } });

  test('a run that is closed in mid-step: it asks, and the next start opens there', async ({ app }) => {
    const { window, electron } = app;
    const run = await rehearse(window);
    await run.runSteps(1, 6);
    await run.seeAll();
    await window.getByRole('textbox', { name: /Type the SAS address/ }).fill('5782bcb-0-1234-5600');
    await run.act();
    await expect(run.terminal).toContainText('Erasing Flash');
    await window.getByRole('link', { name: 'Catalogue' }).first().click();
    await expect(bar(window)).toContainText('step 7 of 14');
    await expect(bar(window).getByRole('progressbar')).toBeVisible();
    await closeAnyway(electron);
    await electron.close();
    await app.restart();
    const again = new RunPage(app.window);
    await expect(app.window.getByRole('heading', { name: 'This run was interrupted' })).toBeVisible();
    await expect(again.hold).toContainText(/not reboot/i);
  });
});

interface StandIn {
  standIn: { notifications: { title: string; body: string; emit(event: string, value: object): void }[]; recorded: { asked?: string[] } };
}
