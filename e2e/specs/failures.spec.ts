import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const rehearse = async (window: import('@playwright/test').Page, failure: string) =>
  (await (await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200')).rehearse(failure)).start();

test('wrong flasher version: found before the erase, replaced, and on', async ({ app }) => {
  const run = await rehearse(app.window, 'Wrong flasher version');
  await run.runSteps(1, 4);
  await run.runStep(5, /^Step 5: /);
  await run.expectFailure(5, /flasher in folder P07 is too new/);
  await run.takeWayOut(/P05 flasher/);
  await run.runSteps(5, 6);
  await run.erase();
});

test('wrong flasher version, skipped with a reason: the late symptom, and still a way out', async ({ app }) => {
  const run = await rehearse(app.window, 'Wrong flasher version');
  await run.runSteps(1, 4);
  await run.runStep(5, /^Step 5: /);
  await run.expectFailure(5, /too new/);
  await run.skip('I believe it is right');
  await run.runStep(6);
  await run.erase();
  await run.runSteps(8, 9);
  await run.runStep(10, /^Step 10: /);
  await run.expectFailure(10, /refuses LSI’s image/);
  await expect(run.hold).toContainText(/not reboot/i);
  await run.takeWayOut(/P05 flasher/);
  await run.writeP07();
});

test('truncated image: refused by name before anything is built', async ({ app }) => {
  const run = await rehearse(app.window, 'Image cut off');
  await run.runStep(1, /^Step 1: /);
  await run.expectFailure(1, /2118it\.bin: The file is cut off/);
  await run.takeWayOut('Get the file again');
  await run.runStep(1);
});

test('IT over IR: led back to the erase, which wants its confirmation again', async ({ app }) => {
  const run = await rehearse(app.window, 'IT over IR refused');
  await run.runSteps(1, 6);
  await run.erase();
  await run.runStep(8, /^Step 8: /);
  await run.expectFailure(8, /still holds its RAID \(IR\) firmware/);
  await run.takeWayOut(/Erase again/);
  await expect(run.stepHeading(7)).toBeVisible();
  await run.erase();
  await run.runStep(8);
});

test('no adapter: nothing was changed, and after reseating the card it goes on', async ({ app }) => {
  const run = await rehearse(app.window, 'No adapter found');
  await run.runSteps(1, 4);
  await run.runStep(5, /^Step 5: /);
  await run.expectFailure(5, /sees no LSI card/);
  await run.takeWayOut(/card/i);
  await run.runStep(5);
});

test('reboot after the erase: all power off, and it goes on', async ({ app }) => {
  const run = await rehearse(app.window, 'Reboot after the erase');
  await run.runSteps(1, 6);
  await run.erase();
  await run.runStep(8, /^Step 8: /);
  await run.expectFailure(8, /does not start from the file either/);
  await run.takeWayOut(/power/i);
  await run.runStep(8);
});

test('power cut in the write: interrupted, looked at again, and honestly no way back', async ({ app }) => {
  const run = await rehearse(app.window, 'Power cut while Dell’s image is written');
  await run.runSteps(1, 6);
  await run.erase();
  await run.runStep(8, /This run was interrupted/);
  await expect(app.window.getByRole('heading', { name: 'What is not certain' })).toBeVisible();
  await expect(app.window.getByRole('form', { name: /Run .* again/ })).toBeVisible();
  await run.act();
  await run.expectFailure(8, /This cannot be undone/i);
  await expect(app.window.getByRole('button', { name: /again/ })).toHaveCount(0);
  await expect(app.window.getByText(/chip programmer/).first()).toBeVisible();
});

test('SAS address lost: programmed back from what was saved', async ({ app }) => {
  const run = await rehearse(app.window, 'SAS address lost');
  await run.runSteps(1, 6);
  await run.erase();
  await run.runStep(8);
  await run.runStep(9, /^Step 9: /);
  await run.expectFailure(9, /no longer has its SAS address/);
  await expect(app.window.getByText(/sas2flash\.efi -o -sasadd 5782bcb012345600/).first()).toBeVisible();
  await run.takeWayOut(/address/i);
  await run.runStep(9);
});
