import { expect, type Page } from '@playwright/test';
import { StartPage } from './start-page.ts';

export class TopicPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  /** Without a failure the rehearsal goes well. */
  async rehearse(failure?: string): Promise<StartPage> {
    if (failure) await this.window.getByRole('radio', { name: failure, exact: true }).check();
    await this.window.getByRole('button', { name: 'Rehearse in the lab' }).click();
    await expect(this.window.getByRole('heading', { level: 1, name: /^Plan:/ })).toBeVisible();
    return new StartPage(this.window);
  }
}
