/** Every procedure's page is opened and its rehearsal started, in both schemes: axe finds nothing, and a picture of each. */
import { topics } from '../../shared/topics/index.ts';
import { expect, test } from '../app-fixture.ts';
import { axeFindings } from '../axe-findings.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const procedures = topics.filter(({ kind }) => kind === 'procedure');

test('there are procedures to look at', () => expect(procedures.length).toBeGreaterThan(5));

for (const scheme of ['light', 'dark'] as const)
  for (const { id, title } of procedures)
    test(`${id} has a page, a form and a first step, ${scheme}`, async ({ app }, info) => {
      const { window } = app;
      await window.emulateMedia({ colorScheme: scheme });
      await window.setViewportSize({ width: 1280, height: 860 });
      const look = async (part: string) => {
        await window.screenshot({ path: info.outputPath(`${id}-${part}-${scheme}.png`), fullPage: part === 'topic' });
        expect.soft(await axeFindings(window), part).toEqual([]);
      };
      const topic = await new CataloguePage(window).openTopic(title);
      await look('topic');
      const start = await topic.rehearse();
      await expect(start.where).toBeVisible();
      await look('form');
      const run = await start.start();
      await expect(run.stepHeading(1)).toBeVisible();
      await look('step');
      await window.getByRole('button', { name: 'Leave for later' }).click();
      await expect(window.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
    });
