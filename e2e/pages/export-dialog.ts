import { expect, type Locator, type Page } from '@playwright/test';

/** The dialog behind "Export…", on the run page and on the transcript page. */
export class ExportDialog {
  readonly dialog: Locator;

  constructor(window: Page) {
    this.dialog = window.getByRole('dialog', { name: 'Export the transcript' });
  }
  static async open(window: Page): Promise<ExportDialog> {
    await window.getByRole('button', { name: 'Export…' }).first().click();
    const opened = new ExportDialog(window);
    await expect(opened.dialog).toBeVisible();
    return opened;
  }

  get progress(): Locator {
    return this.dialog.getByRole('progressbar');
  }
  async save(format: RegExp): Promise<void> {
    await this.dialog.getByRole('radio', { name: format }).check();
    await this.dialog.getByRole('button', { name: 'Save…' }).click();
  }
  /** Ticks it and waits for what would be replaced. */
  async forOutside(): Promise<Locator> {
    await this.dialog.getByRole('checkbox', { name: 'Anonymise' }).check();
    const preview = this.dialog.getByRole('region', { name: 'What is replaced' });
    await expect(preview).toBeVisible();
    return preview;
  }
  async expectSaved(file: string): Promise<void> {
    await expect(this.dialog.getByText('Saved to')).toBeVisible();
    await expect(this.dialog.getByText(file)).toBeVisible();
  }
  async again(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Export again' }).click();
  }
  async done(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Done' }).click();
    await expect(this.dialog).toBeHidden();
  }
}
