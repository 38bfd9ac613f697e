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
  start(): Promise<RunPage> {
    return this.press('Start rehearsal');
  }
  /** `place`: as the list of targets names it. */
  startOn(place: string): Promise<RunPage> {
    return this.press(`Start on ${place}`);
  }
  private async press(name: string): Promise<RunPage> {
    await this.window.getByRole('button', { name, exact: true }).click();
    const run = new RunPage(this.window);
    await expect(run.place).toBeVisible();
    return run;
  }
}
