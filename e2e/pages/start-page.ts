import { expect, type Locator, type Page } from '@playwright/test';
import { RunPage } from './run-page.ts';

export class StartPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  field(label: string) {
    return this.window.getByLabel(label, { exact: true });
  }
  get where(): Locator {
    return this.window.getByRole('combobox', { name: 'Where' });
  }
  async start(): Promise<RunPage> {
    await this.window.getByRole('button', { name: 'Start rehearsal' }).click();
    const run = new RunPage(this.window);
    await expect(run.steps).toBeVisible();
    return run;
  }
}
