import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { type App, expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';

interface Recorded {
  zooms: number[];
  shown: string[];
}
const recordedBy = ({ electron }: { electron: ElectronApplication }): Promise<Recorded> =>
  electron.evaluate((module) => (module as unknown as { standIn: { recorded: Recorded } }).standIn.recorded);
const fileOf = ({ folder }: App) => path.join(folder, 'data', 'settings.json');
/** Empty: there is none, as before the first change and while a damaged one is moved away. */
const settingsIn = (app: App) => {
  try {
    return readFileSync(fileOf(app), 'utf8');
  } catch {
    return '';
  }
};

test('settings count at once, stay after a restart, and cost nothing when their file is damaged', async ({ app }) => {
  test.skip(test.info().project.name !== 'stand-in', 'what main was asked for is recorded by the stand-in only');
  let settings = await new SettingsPage(app.window).open();
  await settings.zoom.selectOption('150 %');
  await settings.fontSize.fill('17');
  await settings.font.fill('x"; }');
  await expect(settings.font).toHaveAttribute('aria-invalid', 'true');
  await expect(app.window.getByText('Use the name of one font, such as JetBrains Mono')).toBeVisible();
  await settings.font.fill('JetBrains Mono');
  await app.window.getByRole('button', { name: 'Use this font' }).click();
  // They change once the settings have.
  await settings.switch('Notifications of the system').click({ force: true });
  await expect(settings.switch('Notifications of the system')).not.toBeChecked();
  await settings.switch('Terminal text for screen readers').click({ force: true });
  await expect(settings.switch('Terminal text for screen readers')).toBeChecked();
  const chosen = { terminalFontSize: 17, terminalFont: 'JetBrains Mono', zoom: 150, notifications: false, screenReader: true };
  await expect.poll(() => JSON.parse(settingsIn(app) || 'null')).toEqual(chosen);
  await expect.poll(async () => (await recordedBy(app)).zooms).toEqual([1.5]);

  await app.electron.close();
  await app.restart();
  settings = await new SettingsPage(app.window).open();
  await expect(settings.zoom).toHaveValue('150');
  await expect(settings.fontSize).toHaveValue('17');
  await expect(settings.font).toHaveValue('JetBrains Mono');
  await expect(settings.switch('Notifications of the system')).not.toBeChecked();
  await expect.poll(async () => (await recordedBy(app)).zooms).toEqual([1.5]);

  await app.electron.close();
  writeFileSync(fileOf(app), '{"zoom":');
  await app.restart();
  settings = await new SettingsPage(app.window).open();
  await expect(settings.zoom).toHaveValue('100');
  await settings.fontSize.fill('14');
  await expect.poll(() => settingsIn(app)).toContain('"terminalFontSize": 14');
});

test('the data folder is shown and opened, and the keys are listed', async ({ app }) => {
  test.skip(test.info().project.name !== 'stand-in', 'what main was asked for is recorded by the stand-in only');
  await new SettingsPage(app.window).open();
  const folder = path.join(app.folder, 'data');
  await expect(app.window.getByText(folder, { exact: true })).toBeVisible();
  await expect(app.window.getByRole('region', { name: 'Data folder' })).toContainText('WRENCHBOOK_DATA');
  await app.window.getByRole('button', { name: 'Open the folder' }).click();
  await expect.poll(async () => (await recordedBy(app)).shown).toEqual([folder]);
  await expect(app.window.getByRole('region', { name: 'Keys', exact: true })).toContainText('Search everything');
});

test('the terminal’s output is there for screen readers: its new lines in a log, all of it in its own mode', async ({ app }) => {
  const { window } = app;
  const run = await (await (await new CataloguePage(window).openTopic('Crossflash a Dell PERC H200')).rehearse()).start();
  const log = window.getByRole('log', { name: 'New lines of the terminal' });
  await expect(log).toHaveAttribute('aria-live', 'polite');
  await run.runSteps(1, 4);
  await expect(log).toContainText(/\S/);
  const rows = window.locator('.xterm-accessibility [role="listitem"]');
  await expect(rows).toHaveCount(0);
  const mode = window.getByRole('button', { name: 'Terminal text for screen readers' });
  await mode.click();
  await expect(mode).toHaveAttribute('aria-pressed', 'true');
  await expect(rows.filter({ hasText: /\S/ }).first()).toBeAttached();
  // It is read out once: by the terminal itself.
  await expect(log).toHaveAttribute('aria-live', 'off');
});
