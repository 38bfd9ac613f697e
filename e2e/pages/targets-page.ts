import { expect, type Locator, type Page } from '@playwright/test';

export class TargetsPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  async open(): Promise<this> {
    await this.window.getByRole('link', { name: 'Targets' }).click();
    await expect(this.window.getByRole('heading', { level: 1, name: 'Targets' })).toBeVisible();
    return this;
  }
  card(name: string): Locator {
    return this.window.getByRole('article', { name });
  }
  get dialog(): Locator {
    return this.window.getByRole('dialog');
  }
  async startAdding(): Promise<void> {
    await this.window.getByRole('button', { name: 'Add a target …' }).click();
    await expect(this.dialog).toBeVisible();
  }
  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.dialog.getByRole('textbox', { name: label }).fill(value);
  }
  /** A choice of a list, by its words. */
  async choose(label: string, option: string): Promise<void> {
    await this.dialog.getByRole('combobox', { name: label }).click();
    await this.window.getByRole('option', { name: option }).click();
  }
  async addTag(tag: string): Promise<void> {
    await this.dialog.getByLabel('Tags').fill(tag);
    await this.window.keyboard.press('Enter');
  }
  async save(button: 'Add' | 'Save'): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await expect(this.dialog).toBeHidden();
  }
  async importHosts(...hosts: string[]): Promise<void> {
    await this.window.getByRole('button', { name: 'Add from ssh files …' }).click();
    for (const host of hosts) await this.dialog.getByRole('checkbox', { name: host, exact: true }).check();
  }
  async test(name: string): Promise<Locator> {
    await this.card(name)
      .getByRole('button', { name: `Test ${name}` })
      .click();
    return this.card(name).getByRole('region', { name: `Test of ${name}` });
  }
  /** Types into the terminal of a test, once it shows what is asked. */
  async answer(test: Locator, asked: RegExp, text: string): Promise<void> {
    await expect(test.locator('.xterm-rows')).toContainText(asked);
    await test.getByRole('textbox', { name: 'Terminal input' }).focus();
    await this.window.keyboard.type(text);
    await this.window.keyboard.press('Enter');
  }
}
