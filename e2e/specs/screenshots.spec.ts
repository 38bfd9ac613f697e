/** Pictures for the README, taken of the app as it is: `npm run e2e -- screenshots` and commit docs/images. */
import path from 'node:path';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const picture = (name: string) => path.resolve(import.meta.dirname, '../../docs/images', `${name}.png`);

test('screenshots', async ({ app }, info) => {
  const { window } = app;
  // The committed ones are only replaced when asked for, so that a test run leaves the checkout clean.
  const place = (name: string) => (process.env.WRENCHBOOK_SCREENSHOTS ? picture(name) : info.outputPath(`${name}.png`));
  await window.setViewportSize({ width: 1200, height: 780 });
  const topic = await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200');
  await window.screenshot({ path: place('topic') });
  const start = await topic.rehearse();
  await expect(window.getByText('cd stick/P07 && sas2flash.efi -o -e 6').first()).toBeVisible();
  await window.screenshot({ path: place('plan') });
  const run = await start.start();
  await run.runSteps(1, 6);
  await run.erase();
  await expect(run.stepHeading(8)).toBeVisible();
  await window.screenshot({ path: place('wizard') });
  await window.emulateMedia({ colorScheme: 'dark' });
  await window.screenshot({ path: place('wizard-dark') });
});
