import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { RunPage } from '../pages/run-page.ts';

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
  // What has to be typed now is read from the card, and not from beside the field.
  const kept = app.window.getByLabel('Values found');
  await expect(kept).toContainText('hidden while you type it');
  await expect(kept.getByRole('button')).toHaveCount(0);
  await expect(run.hold).toBeHidden();
  await run.erase();
  await expect(kept).toContainText('5782bcb-0-1234-5600');
  await expect(run.hold).toContainText(/not reboot/i);
  // The erase said "Failed": shown as harmless, with the reason.
  await app.window.getByRole('region', { name: 'Result of step 7' }).getByRole('button', { name: 'What was found' }).click();
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
  await run.act();
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

test('the whole way by keyboard, in at most 80 presses', async ({ app }) => {
  const { window } = app;
  const run = new RunPage(window);
  let presses = 0;
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      presses += 1;
      await window.keyboard.press(key);
    }
  };
  const type = async (text: string) => press(...text);
  const mainAction = window.locator('[data-main-action]');
  await press('Control+k');
  await type('perc');
  await expect(window.getByRole('dialog').getByText(title, { exact: true })).toBeVisible();
  await press('Enter');
  await expect(window.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await press('Control+Enter');
  for (let step = 1; step <= 14; step++) {
    await expect(run.stepHeading(step)).toBeVisible();
    if (step === 7) {
      // The keyboard stands in the field already.
      await expect(window.getByRole('textbox', { name: /Type the SAS address/ })).toBeFocused();
      await type('5782bcb-0-1234-5600');
    } else await expect(mainAction).toBeEnabled();
    // Something to be looked at first costs a press.
    while (/^(See the whole|Read the warning)/.test((await mainAction.textContent()) ?? '')) {
      await press('Control+Enter');
      await window.waitForTimeout(50);
    }
    await expect(mainAction).not.toHaveAttribute('aria-disabled', 'true');
    await press('Control+Enter');
    if (step === 10) {
      await expect(window.getByRole('region', { name: 'The tool asks' }).getByRole('heading')).toBeFocused();
      await press('Control+Enter');
    }
  }
  await run.expectDone();
  console.log(`the whole crossflash takes ${presses} key presses`);
  expect(presses).toBeLessThanOrEqual(80);
});

test('? lists the keys, and the first stop of the keyboard leads past the header', async ({ app }) => {
  const { window } = app;
  const run = await (await (await new CataloguePage(window).openTopic(title)).rehearse()).start();
  await expect(run.stepHeading(1)).toBeVisible();
  await window.keyboard.press('?');
  await expect(window.getByRole('dialog', { name: 'Keys' })).toContainText('The main button of the page');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Skip to the main action' }).focus();
  await window.keyboard.press('Enter');
  await expect(run.mainButton).toBeFocused();
});
