import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

for (const scheme of ['light', 'dark'] as const)
  test(`two domains are freed, wrapped and started, and the race is drawn, ${scheme}`, async ({ app }, info) => {
    const { window } = app;
    await window.emulateMedia({ colorScheme: scheme });
    await window.setViewportSize({ width: 1280, height: 900 });
    const accessible = async () => {
      const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    };
    const topic = await new CataloguePage(window).openTopic('Windows with Citrix’s drivers hangs on Xen');
    const race = window.getByRole('figure', { name: 'Who is first' });
    await expect(race).toContainText('nobody takes it out');
    await race.scrollIntoViewIfNeeded();
    await window.screenshot({ path: info.outputPath(`race-before-${scheme}.png`) });
    await accessible();
    const run = await (await topic.rehearse()).start();
    await run.runStep(1);
    await expect(window.getByText('"SetFlags"=dword:10000000')).toBeVisible();
    await run.runStep(2);
    for (const step of [3, 4, 5]) {
      await expect(run.stepHeading(step)).toBeVisible();
      await window.getByRole('button', { name: 'Show the change' }).click();
      await expect(window.getByRole('button', { name: /^Write/ })).toBeVisible();
      if (step === 4) await window.screenshot({ path: info.outputPath(`change-${scheme}.png`) });
      await window.getByRole('button', { name: /^Write/ }).click();
    }
    await run.runSteps(6, 8);
    await run.runStep(9, /Rehearsal done/i);
    await run.expectDone();
    await expect(race).toContainText('Windows goes on');
    await race.scrollIntoViewIfNeeded();
    await window.screenshot({ path: info.outputPath(`race-after-${scheme}.png`) });
    await accessible();
  });
