import { expect, type Page } from '@playwright/test';
import { ExportDialog } from './export-dialog.ts';

export class TranscriptPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  async tab(name: 'Replay' | 'Record' | 'Plan' | 'Screens' | 'Time per step'): Promise<void> {
    await this.window.getByRole('tab', { name }).click();
  }
  openExport(): Promise<ExportDialog> {
    return ExportDialog.open(this.window);
  }
  async verify(): Promise<void> {
    await this.window.getByRole('button', { name: 'Verify' }).click();
    await expect(this.window.getByText(/^(Verified[:,]|Changed since it was written)/)).toBeVisible();
  }
}
