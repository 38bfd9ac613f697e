import type { Locator, Page } from '@playwright/test';
import { castBytes, plannedStep, stepDone, writeRun } from '../../electron/backend/history/synthetic-run.test-kit.ts';
import type { Verdict } from '../../shared/api/run.ts';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const sizes = [
  [1440, 900],
  [1024, 700],
  [900, 640],
  [720, 450],
] as const;
const sideways = (window: Page) =>
  window.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main *')]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX))
      .map((each) => each.className),
  );
/** Whether all of what a button says is in it. */
const isWhole = (button: Locator) =>
  button.evaluate((element) =>
    [element, ...element.querySelectorAll('*')].every((each) => each.scrollWidth <= each.clientWidth + 1 || getComputedStyle(each).display === 'inline'),
  );

test('a run is a row of at most two lines, whole at every width, and the filters stand in one', async ({ app }, info) => {
  const { window } = app;
  for (let index = 0; index < 12; index++) put(app.folder, index);
  await window.reload();
  const runs = await new CataloguePage(window).openRuns();
  await expect(runs.rows).toHaveCount(12);
  for (const [width, height] of sizes) {
    await window.setViewportSize({ width, height });
    const place = `${width}×${height}`;
    await window.screenshot({ path: info.outputPath(`runs-${width}.png`) });
    expect(await sideways(window), place).toEqual([]);
    for (const row of await runs.rows.all()) {
      // Two lines of 20 px, and the space around them.
      expect((await row.boundingBox())?.height, place).toBeLessThanOrEqual(58);
      await expect(row.getByText(/web1|administrator@/).first(), place).toBeVisible();
      for (const button of await row.getByRole('link', { name: /^(Continue|Open|Transcript) / }).all())
        expect(await isWhole(button), `${place}: ${await button.getAttribute('aria-label')}`).toBe(true);
    }
    const search = window.getByRole('search');
    expect((await search.boundingBox())?.height, place).toBeLessThanOrEqual(64);
    // The first run is in the upper half, also of the smallest window.
    expect((await runs.rows.first().boundingBox())?.y, place).toBeLessThan(height * 0.72);
  }
  await window.getByRole('button', { name: 'Filters', exact: true }).click();
  await window.getByRole('combobox', { name: 'Outcome' }).selectOption({ label: 'waiting for you' });
  await expect(window.getByRole('button', { name: 'Filters (1)' })).toBeVisible();
});

test('a dead end is opened, not continued, and the badge counts real runs only', async ({ app }) => {
  const { window } = app;
  put(app.folder, 0);
  put(app.folder, 1);
  put(app.folder, 2, { lab: true });
  put(app.folder, 3, { deadEnd: true });
  await window.reload();
  const runs = await new CataloguePage(window).openRuns();
  await expect(runs.rows).toHaveCount(4);
  await expect(runs.table.getByRole('link', { name: /^Continue / })).toHaveCount(3);
  await expect(runs.table.getByRole('link', { name: /^Open Replace/ })).toHaveCount(1);
  // Of four that are open, one is a rehearsal.
  await expect(window.getByRole('link', { name: 'Runs 3 open' })).toBeVisible();
});

test('the results of a calculator are in sight while its values are changed', async ({ app }) => {
  const { window } = app;
  const calculator = await new CataloguePage(window).openCalculator('How likely is a spoofed DNS answer');
  for (const [width, height] of sizes.slice(1)) {
    await window.setViewportSize({ width, height });
    await calculator.slider('Source ports (P)').focus();
    await expect.poll(() => window.evaluate(isStripInSight), `${width}×${height}`).toBe(true);
    expect(await sideways(window)).toEqual([]);
  }
  const strip = window.locator('main [aria-hidden] strong').first();
  await expect(strip).toHaveText('1.377 s');
  await window.keyboard.press('End');
  await expect(strip).toHaveText('25.27 h');
});

/** In the page: whether the first result is what is seen at its place. */
function isStripInSight(): boolean {
  const strip = [...document.querySelectorAll('main [aria-hidden] strong')].find((each) => each.getClientRects().length > 0);
  if (!strip) return false;
  const { x, y, width, height, bottom } = strip.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === strip && bottom <= innerHeight;
}

function put(folder: string, index: number, { lab = false, deadEnd = false } = {}): void {
  const output = ['ready\r\n'];
  const minute = String(index).padStart(2, '0');
  writeRun(`${folder}/data`, {
    runId: `20261101-10${minute}00-a-topic-00${minute}`,
    topicTitle: index % 2 ? 'Replace a disk' : 'Replace a disk of an array whose controller does not tell which one it is, while others write to it',
    host: index % 2 ? 'administrator@storage-17.rack-2.datacentre.example.com' : 'web1',
    ...(lab ? {} : { target: { kind: 'ssh', host: 'web1' } }),
    at: `2026-11-01T10:${minute}:00.000Z`,
    plan: [plannedStep('look', 1, { title: 'Look at the controller', script: 'lspci -nn' }), plannedStep('wait', 2, { title: 'Wait', script: 'sleep 1' })],
    output,
    events: stepDone('look', castBytes(output), deadEnd ? { ok: false, exitStatus: 1, verdicts: [deadEndVerdict] } : {}),
  });
}

const deadEndVerdict: Verdict = {
  rule: 'gone',
  kind: 'failure',
  line: 'gone',
  means: 'The disk is gone.',
  next: 'Take a new one.',
  remedies: [],
  noWayBack: true,
};
