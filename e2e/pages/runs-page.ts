import { expect, type Page } from '@playwright/test';
import { RunPage } from './run-page.ts';

export class RunsPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  get table() {
    return this.window.getByRole('region', { name: 'All runs' });
  }
  async continueFirst(): Promise<RunPage> {
    await this.window
      .getByRole('link', { name: /^Continue / })
      .first()
      .click();
    const run = new RunPage(this.window);
    await expect(run.steps).toBeVisible();
    return run;
  }
}
