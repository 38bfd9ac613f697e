import { expect, type Locator, type Page } from '@playwright/test';

export class SettingsPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  async open(): Promise<this> {
    await this.window.getByRole('link', { name: 'Settings' }).click();
    await expect(this.window.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    return this;
  }
  get zoom(): Locator {
    return this.window.getByRole('combobox', { name: 'Zoom' });
  }
  get fontSize(): Locator {
    return this.window.getByRole('textbox', { name: 'Size of the terminal’s text' });
  }
  get font(): Locator {
    return this.window.getByRole('textbox', { name: 'Font of the terminal' });
  }
  switch(name: string): Locator {
    return this.window.getByRole('switch', { name });
  }
}
