import { expect, type Page } from '@playwright/test';
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
  async search(text: string): Promise<void> {
    await this.window.getByLabel('Paste a log line or say what is wrong').fill(text);
  }
  async openTopic(title: string): Promise<TopicPage> {
    await this.window.getByRole('link', { name: title }).click();
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
