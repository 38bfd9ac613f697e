import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const title = 'Digest authentication freezes Apache';

for (const scheme of ['light', 'dark'] as const)
  test(`many files change in one view, and the scoreboard is drawn before and after, ${scheme}`, async ({ app }, info) => {
    const { window } = app;
    await window.emulateMedia({ colorScheme: scheme });
    await window.setViewportSize({ width: 1280, height: 860 });
    const accessible = async () => {
      const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    };
    const topic = await new CataloguePage(window).openTopic(title);
    await expect(window.getByRole('figure', { name: /What Apache’s children do: an example/ })).toContainText('closing a connection');
    await window.screenshot({ path: info.outputPath(`topic-${scheme}.png`), fullPage: true });
    await accessible();
    const run = await (await topic.rehearse()).start();
    await run.runSteps(1, 2);
    await window.getByRole('button', { name: 'Show the change' }).click();
    await expect(window.getByRole('button', { name: 'Write the file' })).toBeEnabled();
    await run.act();
    await run.runSteps(4, 6);
    await expect(window.getByText(/Finds and reads every file with Digest/)).toBeVisible();
    await window.getByRole('button', { name: 'Show the change' }).click();
    await expect(window.getByRole('button', { name: 'See all 3 changes' })).toBeVisible();
    const change = window.getByRole('region', { name: /^Will be written: 3 files/ });
    await expect(change.getByRole('heading')).toHaveText([
      '/etc/apache2/conf-enabled/digest.conf',
      '/etc/apache2/sites-enabled/intern.conf',
      '/etc/apache2/sites-enabled/wiki.conf',
    ]);
    await expect(change).toContainText('added: AuthType Basic');
    await window.screenshot({ path: info.outputPath(`files-${scheme}.png`) });
    await accessible();
    await run.seeAll();
    await window.getByRole('button', { name: 'Write 3 files' }).click();
    await run.runSteps(8, 10);
    await run.runStep(11, /Rehearsal done/i);
    await run.expectDone();
    const picture = window.getByRole('figure', { name: 'What Apache’s children do' });
    await expect(picture).toContainText('before: 9 of 11 children are closing; after: 0 of 6 children are closing.');
    await picture.scrollIntoViewIfNeeded();
    await window.screenshot({ path: info.outputPath(`scoreboard-${scheme}.png`) });
    await accessible();
  });
