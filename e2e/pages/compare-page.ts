import { expect, type Locator, type Page } from '@playwright/test';

export class ComparePage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  step(title: RegExp): Locator {
    return this.window.getByRole('region', { name: title }).filter({ has: this.window.getByRole('heading', { level: 2 }) });
  }
  async onlyDifferences(): Promise<void> {
    await this.window.getByRole('switch', { name: 'Only steps that differ' }).check();
    await expect(this.window.getByText('same', { exact: true })).toHaveCount(0);
  }
}
