/** A step that changes something is one screen: seen whole before it can be agreed to, in reach at every size, and with one truth about danger. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const crossflash = 'Crossflash a Dell PERC H200';
const rehearse = async (window: Page, title: string, failure?: string) => (await (await new CataloguePage(window).openTopic(title)).rehearse(failure)).start();

/** Whether pressing the middle of it would reach it, and not something that covers it or the edge of the window. */
const isReached = (button: Locator) =>
  button.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there !== null && (element === there || element.contains(there));
  });

test('the act and its confirmation are in reach at every size, also at 200 %', async ({ app }) => {
  const { window } = app;
  const run = await rehearse(window, crossflash);
  await run.runSteps(1, 6);
  for (const size of [
    { width: 900, height: 640 },
    { width: 720, height: 450 },
    { width: 1024, height: 700 },
    { width: 1440, height: 900 },
  ]) {
    await window.setViewportSize(size);
    const typed = window.getByRole('textbox', { name: /Type the SAS address/ });
    await expect(typed).toBeVisible();
    await expect.poll(() => isReached(typed), { message: `the field at ${size.width}` }).toBe(true);
    await expect.poll(() => isReached(run.mainButton), { message: `the button at ${size.width}` }).toBe(true);
  }
});

test('nothing can be agreed to that was not in view, and what has to be typed is not printed beside the field', async ({ app }) => {
  const { window } = app;
  await window.setViewportSize({ width: 900, height: 640 });
  const run = await rehearse(window, crossflash);
  await run.runSteps(1, 6);
  const typed = window.getByRole('textbox', { name: /Type the SAS address/ });
  await typed.fill('5782bcb-0-1234-5600');
  // Enter in the field looks at the next part; it does not erase.
  await expect(run.mainButton).toHaveText('See the whole command');
  await typed.press('Enter');
  await expect(run.stepHeading(7)).toBeAttached();
  await typed.fill('');
  await run.seeAll();
  await expect(run.mainButton).toHaveText('Erase the firmware');
  await typed.fill('5782bcb-0-0000-0000');
  const form = window.getByRole('form', { name: 'Erase the firmware' });
  await expect(form).toContainText('That does not match.');
  await expect(form).not.toContainText('5782bcb');
  await expect(window.getByRole('note', { name: 'Cannot be undone' })).toContainText('Dell’s RAID firmware cannot be read back');
  await expect(window.getByRole('note', { name: 'Cannot be undone' })).not.toContainText('5782bcb');
});

test('one truth about danger: the list, the card and the button agree, and so does the plan', async ({ app }) => {
  const { window } = app;
  const run = await rehearse(window, crossflash);
  await expect(run.steps.getByText('irreversible')).toHaveCount(5);
  await window.getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(window.getByText('5 steps cannot be undone.')).toBeVisible();
  await window.getByRole('switch', { name: 'Show only the steps that cannot be undone' }).check({ force: true });
  const shown = window.getByRole('listitem').filter({ has: window.getByRole('heading', { level: 3 }) });
  await expect(shown).toHaveCount(5);
  for (const step of await shown.all()) await expect(step.getByText('irreversible', { exact: true })).toBeVisible();
  await window.getByRole('button', { name: 'Step', exact: true }).click();
  await run.runSteps(1, 6);
  await run.erase();
  // "Changes", says its kind; there is no way back anyway.
  await expect(window.getByRole('region', { name: /^Step 8/ }).getByText('irreversible', { exact: true })).toBeVisible();
  await run.seeAll();
  const red = await run.mainButton.evaluate((button) => getComputedStyle(button).backgroundColor);
  const [r = 0, g = 0, b = 0] = (red.match(/\d+/g) ?? []).map(Number);
  expect(r).toBeGreaterThan(2 * Math.max(g, b));
});

test('a side way takes the place of the planned one’s button', async ({ app }) => {
  const { window } = app;
  const run = await rehearse(window, crossflash);
  await run.runSteps(1, 2);
  await window.getByRole('button', { name: 'Undo everything that can be undone …' }).click();
  await run.seeAll();
  await expect(run.mainButton).toHaveText('Undo everything that can be undone');
  await expect(window.getByRole('button', { name: 'Done, continue' })).toHaveCount(0);
  await expect.poll(() => isReached(run.mainButton)).toBe(true);
  await window.getByRole('button', { name: 'Cancel' }).click();
  await expect(run.mainButton).toHaveText('Done, continue');
});

test('a dead end has exactly one instruction on the page', async ({ app }) => {
  const { window } = app;
  const run = await rehearse(window, crossflash, 'Power cut while Dell’s image is written');
  await run.runSteps(1, 6);
  await run.erase();
  await run.runStep(8, /This run was interrupted/);
  await run.act();
  await expect(run.verdicts(8)).toContainText('chip programmer');
  await expect(run.hold).toHaveCount(0);
  const text = (await window.locator('main').innerText()).replaceAll(/\s+/g, ' ');
  expect(text.match(/chip programmer/g)).toHaveLength(1);
  for (const other of [/Take all power/, /Do not reboot/, /run the step again/i, /Run it again/i]) expect(text).not.toMatch(other);
  await window.getByRole('button', { name: /^Why: / }).click();
  const withWhy = (await window.locator('main').innerText()).replaceAll(/\s+/g, ' ');
  for (const other of [/write Dell.s image again/i, /run the step again/i]) expect(withWhy).not.toMatch(other);
});

test('a verdict leads to its line in the terminal, and the note at the line back to it', async ({ app }) => {
  const { window } = app;
  const run = await rehearse(window, crossflash, 'No adapter found');
  await run.runSteps(1, 4);
  await run.runStep(5, /^Step 5: /);
  const list = await run.expectFailure(5, /sees no LSI card/);
  const note = window.getByRole('region', { name: 'Terminal' }).getByRole('button', { name: /^failure: / });
  await expect(note.first()).toBeVisible();
  // The kinds differ by their sign, not by colour alone.
  await expect(note.first()).toHaveText(/^✖/);
  await note.first().click();
  await expect(list.getByRole('listitem').first()).toBeFocused();
  await list.getByTitle('Show this line in the terminal').first().click();
  await expect(window.locator('.xterm-selection div').first()).toBeAttached();
});

test('a window that is narrowed with a terminal in it keeps the question, and scrolls nothing sideways', async ({ app }) => {
  const { window } = app;
  await window.setViewportSize({ width: 1440, height: 900 });
  const run = await rehearse(window, crossflash);
  await run.runSteps(1, 6);
  await run.erase();
  await run.runSteps(8, 9);
  await run.act();
  await expect(window.getByRole('region', { name: 'The tool asks' })).toBeVisible();
  const sideways = () => window.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  for (const width of [1024, 900, 720, 1440]) {
    await window.setViewportSize({ width, height: 700 });
    // Another layout has another terminal.
    await expect(() => window.locator('.xterm').scrollIntoViewIfNeeded({ timeout: 1000 })).toPass();
    await expect.poll(async () => ((await run.terminal.textContent()) ?? '').replaceAll(/\s+/g, '')).toContain('Wouldyouliketoflashanyway');
    expect(await sideways()).toBe(0);
  }
});
