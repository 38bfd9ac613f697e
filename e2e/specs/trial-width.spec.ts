import type { Page } from '@playwright/test';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { TargetsPage } from '../pages/targets-page.ts';

/** Pixels by which the page, or its frame, can be scrolled sideways. */
const sideways = (window: Page) =>
  window.evaluate(() => {
    let most = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    for (let frame = document.querySelector('h1')?.parentElement; frame; frame = frame.parentElement)
      most = Math.max(most, frame.scrollWidth - frame.clientWidth);
    return most;
  });

async function expectToFit(window: Page): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
    [900, 640],
  ] as const) {
    await window.setViewportSize({ width, height });
    await expect.poll(() => sideways(window), `${width} wide`).toBe(0);
  }
}

test('the terminal of a check holds no page wide, also after the window has become narrower', async ({ app }) => {
  const { window } = app;
  await window.setViewportSize({ width: 1440, height: 900 });
  await (await new CataloguePage(window).openTopic('BIND in front of Active Directory')).rehearse();
  await window.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(window.getByRole('region', { name: 'What was found' })).toContainText('It applies here');
  await expectToFit(window);
});

test('nor does that of a test of a target', async ({ app }) => {
  const { window } = app;
  await window.setViewportSize({ width: 1440, height: 900 });
  const targets = await new TargetsPage(window).open();
  await targets.startAdding();
  await targets.fill({ Host: '127.0.0.1', Name: 'Nobody', Port: '1' });
  await targets.save('Add');
  const trial = await targets.test('Nobody');
  await expect(trial.getByRole('button', { name: 'Close the test' })).toBeVisible();
  await expectToFit(window);
});
