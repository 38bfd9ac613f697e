import { expect, type Locator, type Page } from '@playwright/test';

export class StoragePage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  get usage(): Locator {
    return this.window.getByRole('region', { name: /in all$/ });
  }
  get log(): Locator {
    return this.window.getByRole('region', { name: 'Log of deleted runs' });
  }
  get dialog(): Locator {
    return this.window.getByRole('dialog', { name: 'What would be done' });
  }
  get entries(): Locator {
    return this.dialog.getByRole('region', { name: 'Runs to archive or delete' }).getByRole('row');
  }
  /** Each part is off where nothing is given. */
  async saveRule({ archiveAfter = '', deleteAfter = '' }: { archiveAfter?: string; deleteAfter?: string }): Promise<void> {
    await this.window.getByRole('textbox', { name: 'Archive after days' }).fill(archiveAfter);
    await this.window.getByRole('textbox', { name: 'Delete after days' }).fill(deleteAfter);
    const save = this.window.getByRole('button', { name: 'Save the rule' });
    await save.click();
    await expect(save).toBeDisabled();
  }
  async look(): Promise<void> {
    await this.window.getByRole('button', { name: 'Preview what the rule would do …' }).click();
    await expect(this.dialog).toBeVisible();
  }
  async agree(button: string, typed: string): Promise<void> {
    const go = this.dialog.getByRole('button', { name: button });
    await expect(go).toBeDisabled();
    await this.dialog.getByRole('textbox').fill(typed);
    await go.click();
    await expect(this.dialog).toBeHidden();
  }
}
