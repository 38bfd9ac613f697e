import { expect, type Page } from '@playwright/test';
import { ComparePage } from './compare-page.ts';
import { RunPage } from './run-page.ts';
import { StoragePage } from './storage-page.ts';
import { TranscriptPage } from './transcript-page.ts';

export class RunsPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  get table() {
    return this.window.getByRole('region', { name: 'All runs' });
  }
  get rows() {
    return this.table.getByRole('row').filter({ has: this.window.getByRole('link', { name: /^Transcript of/ }) });
  }
  get matches() {
    return this.table.getByRole('list', { name: 'Where it was found' });
  }
  async search(text: string): Promise<void> {
    await this.window.getByRole('textbox', { name: 'Search', exact: true }).fill(text);
  }
  async filter(name: 'Procedure' | 'Target' | 'Outcome', value: string): Promise<void> {
    await this.window.getByRole('combobox', { name }).selectOption({ label: value });
  }
  async filterDay(name: 'From' | 'To', day: string): Promise<void> {
    await this.window.getByLabel(name, { exact: true }).fill(day);
  }
  async showAll(): Promise<void> {
    await this.window.getByRole('button', { name: 'Clear' }).click();
  }
  async openMatch(title: RegExp): Promise<TranscriptPage> {
    await this.matches.getByRole('link', { name: title }).first().click();
    await expect(this.window.getByRole('heading', { level: 1, name: /^Transcript:/ })).toBeVisible();
    return new TranscriptPage(this.window);
  }
  /** Ticks the first two runs and lays them beside each other. */
  async compareFirstTwo(): Promise<ComparePage> {
    for (const nth of [0, 1]) await this.rows.nth(nth).getByRole('checkbox').check();
    await this.window.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect(this.window.getByRole('heading', { level: 1, name: /^Compare: / })).toBeVisible();
    return new ComparePage(this.window);
  }
  async openStorage(): Promise<StoragePage> {
    await this.window.getByRole('link', { name: 'Storage' }).click();
    const storage = new StoragePage(this.window);
    await expect(storage.usage).toBeVisible();
    return storage;
  }
  /** One of the things that can be done with a run's storage. */
  async storageOf(row: number, item: RegExp): Promise<void> {
    await this.rows
      .nth(row)
      .getByRole('button', { name: /^Storage of / })
      .click();
    await this.window.getByRole('menuitem', { name: item }).click();
  }
  async continueFirst(): Promise<RunPage> {
    await this.window
      .getByRole('link', { name: /^Continue / })
      .first()
      .click();
    const run = new RunPage(this.window);
    await expect(run.place).toBeVisible();
    return run;
  }
}
