import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { StartPage } from '../pages/start-page.ts';
import { TargetsPage } from '../pages/targets-page.ts';

const title = 'Crossflash a Dell PERC H200';

test('the first screen says what this is, and shows a rehearsal that fails and leads on', async ({ app }, info) => {
  const { window } = app;
  await window.setViewportSize({ width: 900, height: 640 });
  await expect(window.getByText('it shows every command before it runs')).toBeInViewport();
  await window.getByRole('button', { name: 'Watch one go wrong (40 s)' }).click();
  const dialog = window.getByRole('dialog');
  const said = dialog.getByRole('region', { name: 'What Wrenchbook says' });
  await expect(said).toContainText('Step 1 Check the files');
  await expect(dialog.getByRole('button', { name: 'Rehearse it yourself' })).toBeInViewport({ ratio: 1 });
  await expect(said).toContainText('Failed: step 8', { timeout: 240_000 });
  await expect(said).toContainText('What to do: Erase again');
  await window.screenshot({ path: info.outputPath('watch-900.png') });
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().exclude('.ap-player').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
  await dialog.getByRole('button', { name: 'Rehearse it yourself' }).click();
  await expect(new StartPage(window).where).toHaveValue('Rehearsal: IT over IR refused');
});

test('a rehearsal starts without its form, and is the first among those used last', async ({ app }) => {
  const { window } = app;
  const catalogue = new CataloguePage(window);
  await expect(window.getByRole('region', { name: 'Last used' })).toBeHidden();
  const topic = await catalogue.openTopic(title);
  const run = await topic.rehearseNow();
  await expect(run.stepHeading(1)).toBeVisible();
  await catalogue.open();
  await expect(window.getByRole('region', { name: 'Last used' }).getByRole('link')).toContainText(title);
  await catalogue.search('usb');
  await expect(window.getByRole('region', { name: 'Last used' })).toBeHidden();
});

test('nothing fits: it says so, and names the closest', async ({ app }) => {
  const { window } = app;
  const catalogue = new CataloguePage(window);
  // Words of none; the closest are a guess, and said to be one.
  await catalogue.search('the coffee machine on the third floor leaks onto the disk');
  await expect(window.getByText('No matching procedure')).toBeVisible();
  const closest = window.getByRole('list', { name: 'Closest' }).getByRole('link');
  await expect(closest.first()).toBeVisible();
  expect(await closest.count()).toBeLessThanOrEqual(3);
  await window.getByRole('button', { name: 'Show the whole catalogue' }).click();
  await expect(catalogue.field).toHaveValue('');
});

test('a start without a place says what is missing', async ({ app }) => {
  const { window } = app;
  await new CataloguePage(window).openTopic('Build a bootable USB stick');
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  await window.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(window.getByText('Where is needed: the lab, or one of your machines.')).toBeVisible();
  await expect(window.getByText('Choose where it runs first.')).toBeVisible();
});

test('“Fits my machines” goes by what the targets said of themselves', async ({ app }) => {
  const { window } = app;
  const catalogue = new CataloguePage(window);
  const fits = window.getByRole('checkbox', { name: 'Fits my machines' });
  await expect(fits).toBeDisabled();
  const targets = await new TargetsPage(window).open();
  await targets.startAdding();
  await targets.choose('Where it is', 'this machine');
  await targets.fill({ Name: 'My desk' });
  await targets.save('Add');
  await catalogue.open();
  await expect(window.getByText('None of your targets was reached yet.')).toBeVisible();
  await targets.open();
  await expect(await targets.test('My desk')).toContainText('My desk can be reached.');
  await catalogue.open();
  const all = await catalogue.results.count();
  await fits.check();
  // Sticks can be made on it; the one that is done by hand only fits no target.
  await expect(catalogue.results.filter({ hasText: 'Build a bootable USB stick' })).toContainText('Fits My desk');
  await expect(catalogue.results.filter({ hasText: 'Lion Server on a Mac with Snow Leopard client' })).toHaveCount(0);
  expect(await catalogue.results.count()).toBeLessThan(all);
});
