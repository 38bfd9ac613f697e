import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { StartPage } from '../pages/start-page.ts';
import { TargetsPage } from '../pages/targets-page.ts';

const bind = 'BIND in front of Active Directory';
/** Never shown to anybody. */
const validatorWords = /expected [a-z]+, received|Invalid input|Too (?:big|small)|undefined/;

test('what was typed into a form is there again after Back and after a reload', async ({ app }) => {
  const { window } = app;
  await new CataloguePage(window).openTopic(bind);
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  const start = new StartPage(window);
  const domain = window.getByRole('textbox', { name: 'Domain', exact: true });
  await domain.fill('ad.example.org');
  await window.getByRole('link', { name: 'Runs' }).click();
  await expect(window.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await window.goBack();
  await expect(domain).toHaveValue('ad.example.org');
  await window.reload();
  await expect(domain).toHaveValue('ad.example.org');
  // The lab has values of its own, and the form can begin again.
  await window.getByRole('button', { name: 'Reset the form' }).click();
  await expect(domain).toHaveValue('');
  await window.reload();
  await expect(start.where).toBeVisible();
  await expect(domain).toHaveValue('');
});

test('a form on a real machine says of each field what it needs, at the field and in a list that leads there', async ({ app }) => {
  const { window } = app;
  await new CataloguePage(window).openTopic(bind);
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  const start = new StartPage(window);
  await start.where.click();
  await window.getByRole('option', { name: /^This machine/ }).click();
  await window.getByRole('button', { name: 'Start on This machine' }).click();
  const domain = window.getByRole('textbox', { name: 'Domain', exact: true });
  await expect(domain).toBeFocused();
  await expect(domain).toHaveAttribute('aria-invalid', 'true');
  const needed = 'Domain is needed: the DNS name of the Active Directory domain, such as corp.example.com.';
  await expect(domain).toHaveAccessibleDescription(new RegExp(needed.replaceAll('.', '\\.')));
  await window.getByRole('button', { name: /^Zone file is needed/ }).click();
  await expect(window.getByRole('textbox', { name: 'Zone file', exact: true })).toBeFocused();
  await expect(window.locator('body')).not.toContainText(validatorWords);
  await domain.fill('x'.repeat(300));
  await expect(domain).toHaveAccessibleDescription(/Domain is too long: 300 characters, at most 200\./);
  await expect(window.locator('body')).not.toContainText(validatorWords);
});

test('the dialogs of targets and keys and the rule of storage name the field that is wrong', async ({ app }) => {
  const { window } = app;
  await window.getByRole('link', { name: 'Targets' }).click();
  await window.getByRole('button', { name: 'Add a target …' }).click();
  const dialog = window.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('n'.repeat(100));
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const host = dialog.getByRole('textbox', { name: 'Host' });
  await expect(host).toBeFocused();
  await expect(host).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByRole('button', { name: /^Name is too long: 100 characters, at most 80\./ }).click();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await expect(dialog).not.toContainText(validatorWords);
  await window.keyboard.press('Escape');
  await expect(window.getByRole('button', { name: 'Add a target …' })).toBeFocused();

  await new SettingsPage(window).open();
  await window.getByRole('button', { name: 'Add the key' }).click();
  const key = window.getByRole('textbox', { name: 'Fingerprint or public key' });
  await expect(key).toBeFocused();
  await expect(key).toHaveAccessibleDescription(/Fingerprint or public key is needed/);
  await key.fill('not a key');
  await window.getByRole('textbox', { name: 'Key owner' }).fill('Kim');
  await window.getByRole('button', { name: 'Add the key' }).click();
  await expect(key).toHaveAttribute('aria-invalid', 'true');
  await expect(window.locator('body')).not.toContainText(validatorWords);

  await window.getByRole('link', { name: 'Runs' }).click();
  await window.getByRole('link', { name: 'Storage' }).click();
  const days = window.getByRole('textbox', { name: 'Archive after days' });
  await days.fill('0');
  await window.getByRole('button', { name: 'Save the rule' }).click();
  await expect(days).toBeFocused();
  await expect(days).toHaveAccessibleDescription(/The number of days has to be at least 1\./);
});

test('what was typed into a dialog is there again after Back, and gone once it was given up', async ({ app }) => {
  const { window } = app;
  const targets = await new TargetsPage(window).open();
  await targets.startAdding();
  await targets.fill({ Host: 'web1.example', Note: 'behind the jump host' });
  await window.goBack();
  await expect(targets.dialog).toBeHidden();
  await targets.open();
  await targets.startAdding();
  await expect(targets.dialog.getByRole('textbox', { name: 'Host' })).toHaveValue('web1.example');
  await expect(targets.dialog.getByRole('textbox', { name: 'Note' })).toHaveValue('behind the jump host');
  await targets.dialog.getByRole('button', { name: 'Cancel' }).click();
  await targets.startAdding();
  await expect(targets.dialog.getByRole('textbox', { name: 'Host' })).toHaveValue('');
  await window.keyboard.press('Escape');
  const settings = await new SettingsPage(window).open();
  const owner = window.getByRole('textbox', { name: 'Key owner' });
  await owner.fill('Kim');
  await targets.open();
  await settings.open();
  await expect(owner).toHaveValue('Kim');
});

test('a pasted line leads to its procedure, and fills in what it says for the form', async ({ app }) => {
  const { window } = app;
  const catalogue = await new CataloguePage(window).open();
  await catalogue.search("ns1 named[812]: client @0x7f2c 10.0.0.21#50123: update 'corp.example.org/IN' denied");
  await expect(catalogue.results.first()).toContainText('Recognised');
  await catalogue.openTopic(bind);
  await window.getByRole('button', { name: 'Choose where it runs' }).click();
  await expect(window.getByRole('textbox', { name: 'Domain', exact: true })).toHaveValue('corp.example.org');
  await expect(window.getByText('Filled in from what you searched for: Domain.')).toBeVisible();
  // The lab has values of its own.
  const start = new StartPage(window);
  await start.where.click();
  await window.getByRole('option', { name: 'Rehearsal: everything succeeds' }).click();
  await expect(window.getByRole('textbox', { name: 'Domain', exact: true })).toHaveValue('corp.example.com');
});
