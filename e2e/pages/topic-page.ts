import { expect, type Page } from '@playwright/test';
import { RunPage } from './run-page.ts';
import { StartPage } from './start-page.ts';

export class TopicPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  /** Over the form and the plan. Without a failure the rehearsal goes well. */
  async rehearse(failure?: string): Promise<StartPage> {
    if (failure) await this.window.getByRole('radio', { name: failure, exact: true }).check();
    await this.window.getByRole('button', { name: 'See the form and the plan first' }).click();
    await expect(this.window.getByRole('heading', { level: 1, name: /^Plan:/ })).toBeVisible();
    return new StartPage(this.window);
  }
  /** With the lab's values, at the first step. */
  async rehearseNow(): Promise<RunPage> {
    await this.window.getByRole('button', { name: 'Start rehearsal now' }).click();
    const run = new RunPage(this.window);
    await expect(run.place).toBeVisible();
    return run;
  }
}
