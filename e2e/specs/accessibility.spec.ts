import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const seriousFindings = async (window: Page) => {
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
};

for (const scheme of ['light', 'dark'] as const) {
  test(`no page has a serious finding, ${scheme}`, async ({ app }) => {
    const { window } = app;
    await window.emulateMedia({ colorScheme: scheme });
    const catalogue = new CataloguePage(window);
    expect(await seriousFindings(window)).toEqual([]);
    const topic = await catalogue.openTopic('Crossflash a Dell PERC H200');
    expect(await seriousFindings(window)).toEqual([]);
    const start = await topic.rehearse('No adapter found');
    await expect(window.getByText('cd stick/P07 && sas2flash.efi -o -e 6').first()).toBeVisible();
    expect(await seriousFindings(window)).toEqual([]);
    const run = await start.start();
    await run.runSteps(1, 4);
    await run.runStep(5, /^Step 5: /);
    await run.expectFailure(5, /sees no LSI card/);
    expect(await seriousFindings(window)).toEqual([]);
    const runs = await catalogue.openRuns();
    expect(await seriousFindings(window)).toEqual([]);
    await runs.table.getByRole('link', { name: /^Transcript of/ }).click();
    await expect(window.getByRole('heading', { level: 1, name: /^Transcript:/ })).toBeVisible();
    for (const tab of ['Replay', 'Record', 'Plan', 'Screens', 'Time per step']) {
      await window.getByRole('tab', { name: tab }).click();
      expect(await seriousFindings(window)).toEqual([]);
    }
  });
}

test('at 1024×700 and at 125 % nothing scrolls sideways and the terminal can be read', async ({ app }) => {
  const { window } = app;
  await window.setViewportSize({ width: 1024, height: 700 });
  const run = await (await (await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  await run.runSteps(1, 5);
  const sideways = () => window.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await sideways()).toBe(0);
  await window.evaluate(() => {
    document.documentElement.style.setProperty('zoom', '1.25');
  });
  expect(await sideways()).toBe(0);
  await expect(run.terminal).toBeVisible();
  const rows = await run.terminal.evaluate((element) => element.children.length);
  expect(rows).toBeGreaterThanOrEqual(5);
});
