import { expect, type Page } from '@playwright/test';
import { RunPage } from './run-page.ts';

export class StartPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  field(label: string) {
    return this.window.getByLabel(label, { exact: true });
  }
  async start(): Promise<RunPage> {
    await this.window.getByRole('button', { name: 'Start rehearsal' }).click();
    const run = new RunPage(this.window);
    await expect(run.steps).toBeVisible();
    return run;
  }
}
