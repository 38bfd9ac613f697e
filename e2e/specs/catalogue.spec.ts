import type { Page } from '@playwright/test';
import { topics } from '../../shared/topics/index.ts';
import { inBothSchemes } from '../both-schemes.ts';
import { expect, longTitle, test } from '../many-topics.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

/** With the copy. */
const all = topics.length + 1;

const sideways = (window: Page) =>
  window.evaluate(() =>
    [...document.querySelectorAll('html, main, main *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible')
      .map((element) => element.className),
  );

test('all procedures and a title of 130 characters fit at every size', async ({ app }, info) => {
  const { window } = app;
  const looks = inBothSchemes(window, info);
  const catalogue = new CataloguePage(window);
  expect(longTitle).toHaveLength(130);
  await expect(catalogue.results).toHaveCount(all);
  for (const [width, height] of [
    [900, 640],
    [1024, 700],
    [1440, 900],
  ] as const) {
    await window.setViewportSize({ width, height });
    const title = window.getByRole('heading', { level: 3, name: longTitle });
    await title.scrollIntoViewIfNeeded();
    expect(await title.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await sideways(window)).toEqual([]);
    await looks.picture(`long-title-${width}`);
  }
  await looks.accessible();
  const topic = await catalogue.openTopic(longTitle);
  expect(await sideways(window)).toEqual([]);
  await looks.picture('long-topic');
  await topic.rehearse();
  expect(await sideways(window)).toEqual([]);
});

test('Back keeps the text, the filters and the place', async ({ app }) => {
  const { window } = app;
  await window.setViewportSize({ width: 1024, height: 700 });
  const catalogue = new CataloguePage(window);
  await catalogue.search('linux');
  await window.getByLabel('Danger').selectOption('changes');
  const shown = await catalogue.results.count();
  expect(shown).toBeGreaterThan(3);
  expect(shown).toBeLessThan(all);
  const last = catalogue.results.last();
  // In its first second the list has the height that cards are thought to have.
  await expect(window.locator('[data-first]')).toHaveCount(0);
  await last.scrollIntoViewIfNeeded();
  const scrolled = await catalogue.scrolled();
  expect(scrolled).toBeGreaterThan(100);
  await last.click();
  await expect(window.getByRole('heading', { name: 'What it fixes' })).toBeVisible();
  await window.goBack();
  await expect(catalogue.field).toHaveValue('linux');
  await expect(window.getByLabel('Danger')).toHaveValue('changes');
  await expect(catalogue.results).toHaveCount(shown);
  await expect.poll(() => catalogue.scrolled()).toBe(scrolled);

  // Other results are read from their beginning.
  await window.getByLabel('Danger').selectOption('');
  await expect.poll(() => catalogue.scrolled()).toBe(0);
});

test('the best match comes first whatever its category, and categories and filters say how many are left', async ({ app }) => {
  const { window } = app;
  const catalogue = new CataloguePage(window);
  await expect(window.getByRole('button', { name: `All ${all}` })).toHaveAttribute('aria-pressed', 'true');
  await catalogue.search('kernel: GPT:Alternate GPT header not at the end of the disk.');
  await expect(catalogue.results.first()).toContainText('Recognised: GPT:Alternate GPT header not at the end of the disk');
  await catalogue.search('lion server usb installer');
  await expect(catalogue.results.first()).toContainText('Bootable Mac OS X Lion Server stick');
  await catalogue.search('');
  // As many as the category says; how many copies there are depends on how many procedures there are.
  await expect(catalogue.results).toHaveCount(all);
  const windows = window.getByRole('button', { name: /^Windows & directory/ });
  const said = Number(/\d+$/.exec((await windows.innerText()).trim())?.[0]);
  expect(said).toBeGreaterThan(1);
  expect(said).toBeLessThan(all);
  await windows.click();
  await expect(catalogue.results).toHaveCount(said);
  await window.getByRole('button', { name: /^All/ }).click();
  await window.getByLabel('System', { exact: true }).selectOption('firmware');
  await expect(window.getByRole('button', { name: /^All \d$/ })).toBeVisible();
  await window.getByLabel('Time').selectOption('15');
  await expect(window.getByText('No match with these filters')).toBeVisible();
  await window.getByRole('button', { name: 'Remove the filters' }).click();
  await expect(catalogue.results).toHaveCount(all);
  await expect(window.getByRole('checkbox', { name: 'Fits my machines' })).toBeDisabled();
  await expect(window.getByText('You have no targets yet.')).toBeVisible();
});
