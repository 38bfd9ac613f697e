import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { TargetsPage } from '../pages/targets-page.ts';

const title = 'Crossflash a Dell PERC H200';

test('the palette goes to runs, steps, targets, pages and actions; Enter opens what is highlighted', async ({ app }) => {
  const { window } = app;
  const { keyboard } = window;
  const open = async (text: string) => {
    await keyboard.press('Control+k');
    await keyboard.type(text);
  };
  const highlighted = window.getByRole('listbox', { name: 'Results' }).getByRole('option', { selected: true });

  // An action that belongs to another page.
  await open('add a target');
  await expect(highlighted).toContainText('Add a target …');
  await keyboard.press('Enter');
  const targets = new TargetsPage(window);
  await targets.fill({ Host: 'web1.example', Name: 'Shop server' });
  await targets.save('Add');
  await expect(targets.card('Shop server')).toBeVisible();

  await open('start a rehearsal of crossflash');
  await expect(highlighted).toContainText(`Start a rehearsal of ${title}`);
  await keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 2, name: /^Step 1:/ })).toBeVisible();

  // A step of the open run.
  await open('step 7');
  await expect(highlighted).toContainText('Step 7: Erase firmware and boot ROM');
  await keyboard.press('Enter');
  await expect(window.getByRole('listitem', { name: /^Step 7: / })).toBeFocused();

  // A run, by its name; one row further down by the arrows.
  await open('rehearsal: crossflash');
  await expect(highlighted).toContainText(`Rehearsal: ${title}`);
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 2, name: /^Step 1:/ })).toBeVisible();

  await open('shop');
  await expect(highlighted).toContainText('Shop server');
  await keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1, name: 'Targets' })).toBeVisible();

  await open('dark');
  await keyboard.press('Enter');
  await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');

  await open('signing key');
  await expect(highlighted).toContainText('Settings');
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
  await keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('after Escape the keyboard is where it was', async ({ app }) => {
  const { window } = app;
  const catalogue = new CataloguePage(window);
  await catalogue.search('bridge');
  await expect(catalogue.field).toBeFocused();
  await window.keyboard.press('Control+k');
  await expect(window.getByRole('combobox', { name: 'Search' })).toBeFocused();
  await window.keyboard.type('zebra');
  await expect(window.getByText('Nothing found.')).toBeVisible();
  await window.keyboard.press('Enter');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('dialog')).toBeHidden();
  await expect(catalogue.field).toBeFocused();
  await expect(catalogue.field).toHaveValue('bridge');

  const runs = window.getByRole('link', { name: 'Targets' });
  await runs.focus();
  await window.keyboard.press('Control+k');
  await window.keyboard.press('Escape');
  await expect(runs).toBeFocused();
});
