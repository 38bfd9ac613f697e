import { expect, type Page } from '@playwright/test';

export class TranscriptPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  async tab(name: 'Replay' | 'Record' | 'Screens' | 'Time per step'): Promise<void> {
    await this.window.getByRole('tab', { name }).click();
  }
  async export(label: RegExp): Promise<void> {
    await this.window.getByRole('button', { name: 'Export' }).click();
    await this.window.getByRole('menuitem', { name: label }).click();
  }
  async verify(): Promise<void> {
    await this.window.getByRole('button', { name: 'Verify' }).click();
    await expect(this.window.getByText(/^(Verified: unchanged|Not as it was written)/)).toBeVisible();
  }
}
