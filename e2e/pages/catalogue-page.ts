import { expect, type Locator, type Page } from '@playwright/test';
import { CalculatorPage } from './calculator-page.ts';
import { RunsPage } from './runs-page.ts';
import { TopicPage } from './topic-page.ts';

export class CataloguePage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  async open(): Promise<this> {
    await this.window.getByRole('link', { name: 'Catalogue' }).first().click();
    await expect(this.window.getByRole('heading', { level: 1, name: 'Catalogue' })).toBeVisible();
    return this;
  }
  /** The results, the best match first. */
  get results(): Locator {
    return this.window.getByRole('list', { name: 'Procedures' }).getByRole('link');
  }
  get field(): Locator {
    return this.window.getByRole('textbox', { name: 'Paste a log line or say what is wrong' });
  }
  async search(text: string): Promise<void> {
    await this.field.fill(text);
  }
  /** How far the page is scrolled, in pixels. */
  scrolled(): Promise<number> {
    return this.field.evaluate((field) => {
      let frame = field.parentElement;
      while (frame && frame.scrollHeight <= frame.clientHeight + 1) frame = frame.parentElement;
      return frame?.scrollTop ?? -1;
    });
  }
  async openTopic(title: string): Promise<TopicPage> {
    await this.results.filter({ has: this.window.getByRole('heading', { name: title }) }).click();
    await expect(this.window.getByRole('heading', { level: 1, name: title })).toBeVisible();
    return new TopicPage(this.window);
  }
  async openCalculator(title: string): Promise<CalculatorPage> {
    await this.openTopic(title);
    return new CalculatorPage(this.window);
  }
  async openRuns(): Promise<RunsPage> {
    await this.window.getByRole('link', { name: /Runs/ }).first().click();
    await expect(this.window.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
    return new RunsPage(this.window);
  }
}
