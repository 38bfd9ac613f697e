/** Every procedure's page is opened and its rehearsal started: axe finds nothing, and there is a picture of each. */
import { topics } from '../../shared/topics/index.ts';
import { expect, test } from '../app-fixture.ts';
import { axeFindings } from '../axe-findings.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const procedures = topics.filter(({ kind }) => kind === 'procedure');
/** So many are looked at in one window: its start takes longer than a page. */
const together = 4;
const groups = Array.from({ length: Math.ceil(procedures.length / together) }, (_, group) => procedures.slice(group * together, (group + 1) * together));

test('there are procedures to look at', () => expect(procedures.length).toBeGreaterThan(5));

for (const group of groups)
  test(`${group.map(({ id }) => id).join(', ')}: a page, a form and a first step`, async ({ app }, info) => {
    test.setTimeout(180_000 * together);
    const { window } = app;
    await window.setViewportSize({ width: 1280, height: 860 });
    for (const { id, title } of group)
      await test.step(id, async () => {
        const look = async (part: string) => {
          for (const scheme of ['light', 'dark'] as const) {
            await window.emulateMedia({ colorScheme: scheme });
            await window.screenshot({ path: info.outputPath(`${id}-${part}-${scheme}.png`), fullPage: part === 'topic' });
            // Only colours are others in the dark; forms and steps are made of the same parts in all procedures, and e2e/specs/accessibility.spec.ts
            // looks at those in the dark.
            if (scheme === 'dark' && part !== 'topic') continue;
            const findings = await axeFindings(window, undefined, scheme === 'dark' ? ['color-contrast'] : undefined);
            expect.soft(findings, `${id}, ${part}, ${scheme}`).toEqual([]);
          }
        };
        const catalogue = await new CataloguePage(window).open();
        await catalogue.search(id);
        const topic = await catalogue.openTopic(title);
        await look('topic');
        const start = await topic.rehearse();
        // One place to choose, or one a machine.
        await expect(window.getByRole('combobox').first()).toBeVisible();
        await look('form');
        const run = await start.start();
        await expect(run.stepHeading(1)).toBeVisible();
        await look('step');
        await window.getByRole('button', { name: 'Leave for later' }).click();
        await expect(window.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
      });
  });
