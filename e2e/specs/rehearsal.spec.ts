import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const title = 'Crossflash a Dell PERC H200';

test('a pasted log line finds the procedure', async ({ app }) => {
  const catalogue = new CataloguePage(app.window);
  await catalogue.search('Nov 30 kernel: (da1:mps0:0:0:0): SCSI sense: ABORTED COMMAND asc:47,3 (Information unit iuCRC error detected)');
  await expect(app.window.getByText(/Recognised:/)).toBeVisible();
  await catalogue.search('completely unrelated words');
  await expect(app.window.getByText('No matching procedure')).toBeVisible();
  await expect(app.window.getByRole('link', { name: title })).toBeHidden();
});

test('the topic page says what it does, its risk and what has no way back', async ({ app }) => {
  await new CataloguePage(app.window).openTopic(title);
  for (const heading of ['What it fixes', 'How to recognise it', "Risk, and what can't be undone", 'What you need', 'Corrections to the source']) {
    await expect(app.window.getByRole('heading', { name: heading })).toBeVisible();
  }
  await expect(app.window.getByText('irreversible').first()).toBeVisible();
});

test('the plan shows every command before anything runs', async ({ app }) => {
  await (await new CataloguePage(app.window).openTopic(title)).rehearse();
  const plan = app.window.getByRole('main');
  for (const command of [
    'cd stick/P07 && sas2flash.efi -o -e 6',
    'cd stick/P07 && sas2flash.efi -o -f 6GBPSAS.FW',
    'cd stick/P20 && sas2flash.efi -o -f 2118it.bin',
  ]) {
    await expect(plan.getByText(command).first()).toBeVisible();
  }
  await expect(plan.getByText(/Would you like to flash anyway/).first()).toBeVisible();
});

test('the whole crossflash, with question, confirmation, reboot and the address kept', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic(title)).rehearse()).start();
  await expect(app.window.getByText(/rehearsal/i).first()).toBeVisible();
  await run.runSteps(1, 6);
  await expect(app.window.getByText('5782bcb-0-1234-5600').first()).toBeVisible();
  await expect(run.hold).toBeHidden();
  await run.erase();
  await expect(run.hold).toContainText(/not reboot/i);
  // The erase said "Failed": shown as harmless, with the reason.
  await app.window.getByRole('region', { name: 'Result of step 7' }).getByRole('button', { name: 'What was seen' }).click();
  await expect(run.verdicts(7).getByText('ERROR: Erase Flash Operation Failed!')).toBeVisible();
  await expect(run.verdicts(7).getByText('harmless').first()).toBeVisible();
  await run.runSteps(8, 9);
  await run.writeP07();
  await expect(run.hold).toBeHidden();
  await run.runSteps(11, 13);
  await run.runStep(14, /Rehearsal done/i);
  await run.expectDone();
  await expect(app.window.getByText('The card still has the SAS address it had before.').first()).toBeVisible();
});

test('a question can be answered in the terminal as well', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic(title)).rehearse()).start();
  await run.runSteps(1, 6);
  await run.erase();
  await run.runSteps(8, 9);
  await app.window.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(app.window.getByRole('region', { name: 'The tool asks' })).toBeVisible();
  await app.window.getByRole('textbox', { name: 'Terminal input' }).focus();
  await app.window.keyboard.type('y\n');
  await expect(run.stepHeading(11)).toBeVisible();
});

test('what the terminal shows can be copied', async ({ app }) => {
  const run = await (await (await new CataloguePage(app.window).openTopic(title)).rehearse()).start();
  await run.runSteps(1, 5);
  await app.window.getByRole('button', { name: 'Copy all the terminal shows' }).click();
  await expect(app.window.getByText('Copied.')).toBeAttached();
});

test('the whole way by keyboard', async ({ app }) => {
  const { keyboard } = app.window;
  await keyboard.press('Control+k');
  await keyboard.type('perc');
  await expect(app.window.getByRole('listbox', { name: 'Results' }).getByRole('option', { selected: true })).toContainText(title);
  await keyboard.press('Enter');
  await expect(app.window.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await tabTo('See the form and the plan first');
  await keyboard.press('Enter');
  await expect(app.window.getByRole('heading', { level: 1, name: /^Plan:/ })).toBeVisible();
  await tabTo('Start rehearsal');
  await keyboard.press('Enter');
  await expect(app.window.getByRole('heading', { level: 2, name: /^Step 1:/ })).toBeVisible();
  await tabTo('Check');
  await keyboard.press('Enter');
  await expect(app.window.getByRole('heading', { level: 2, name: /^Step 2:/ })).toBeVisible();

  async function tabTo(name: string): Promise<void> {
    const wanted = app.window.getByRole('button', { name, exact: true });
    for (let presses = 0; presses < 150; presses++) {
      await keyboard.press('Tab');
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`${name} can't be reached with Tab`);
  }
});
