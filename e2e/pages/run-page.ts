import { expect, type Locator, type Page } from '@playwright/test';
import { TranscriptPage } from './transcript-page.ts';

export class RunPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  get steps() {
    return this.window.getByRole('list', { name: 'Steps' });
  }
  /** The list, or in a narrow window where it is folded away. */
  get place() {
    return this.steps.or(this.window.getByRole('group').filter({ hasText: /^Steps/ })).first();
  }
  get hold() {
    return this.window.getByRole('alert', { name: 'Hold' });
  }
  get runId(): string {
    return /run\/([^/?]+)/.exec(this.window.url())?.[1] ?? '';
  }
  stepHeading(number: number, title?: string) {
    return this.window.getByRole('heading', { level: 2, name: title ? `Step ${number}: ${title}` : new RegExp(`^Step ${number}: `) });
  }
  verdicts(number: number) {
    return this.window.getByRole('list', { name: `Step ${number}: what was seen` });
  }
  /** The one button below the step. */
  get mainButton() {
    return this.window.locator('[data-main-action]').last();
  }
  /** Presses it as often as it wants something to be looked at first. */
  seeAll(): Promise<void> {
    return this.lookBefore(this.mainButton);
  }
  /** Checks all that the button approves, then presses it. */
  async press(button: Locator): Promise<void> {
    await this.lookBefore(button);
    await button.click();
  }
  private async lookBefore(button: Locator): Promise<void> {
    const toSee = /^(See the whole (change|command)|See all \d+ changes|Read the warning)$/;
    // Looked at and pressed in one instant: a click that comes later would press what the button says by then. While it takes no press (until it
    // was judged what is in view, and for a moment after it changed), what it says may change yet.
    await expect(async () => {
      const state = await button.evaluate((element, words) => {
        const must = new RegExp(words).test(element.textContent?.trim() ?? '');
        if (must) (element as HTMLElement).click();
        return must ? 'looks' : element.getAttribute('aria-disabled') === 'true' ? 'waits' : 'ready';
      }, toSee.source);
      expect(state).toBe('ready');
    }).toPass();
  }
  act(): Promise<void> {
    return this.press(this.mainButton);
  }
  /** What the terminal shows, from its accessible rows. */
  get terminal() {
    return this.window.locator('.xterm-rows');
  }

  /** Presses the button that runs the current step, and waits for the next one, or for the heading named. */
  async runStep(number: number, then: RegExp = new RegExp(`^Step ${number + 1}: `), patience: { timeout?: number } = {}): Promise<void> {
    await expect(this.stepHeading(number)).toBeVisible();
    // After a remedy the step is as if it had not run.
    await expect(this.mainButton).not.toHaveText(/ again$/);
    await this.act();
    await expect(this.window.getByRole('heading', { level: 2, name: then })).toBeVisible(patience);
  }
  async runSteps(from: number, to: number): Promise<void> {
    for (let step = from; step <= to; step++) await this.runStep(step);
  }

  /** Types the confirmation of the erase and runs it. */
  async erase(address = '5782bcb-0-1234-5600'): Promise<void> {
    await this.seeAll();
    const erase = this.window.getByRole('button', { name: 'Erase the firmware', exact: true });
    await expect(erase).toBeDisabled();
    const typed = this.window.getByRole('textbox', { name: /Type the SAS address/ });
    await typed.fill('5782bcb-0-0000-0000');
    await expect(erase).toBeDisabled();
    await typed.fill(address);
    await erase.click();
    await expect(this.stepHeading(8)).toBeVisible();
  }

  async answer(label: RegExp): Promise<void> {
    await this.window.getByRole('region', { name: 'The tool asks' }).getByRole('button', { name: label }).click();
  }

  /** Presses the button of the P07 step and answers its question. */
  async writeP07(): Promise<void> {
    await expect(this.stepHeading(10)).toBeVisible();
    await expect(this.mainButton).not.toHaveText(/ again$/);
    await this.act();
    await this.answer(/y|flash/i);
    await expect(this.stepHeading(11)).toBeVisible();
  }

  async expectDone(): Promise<void> {
    await expect(this.window.getByRole('heading', { level: 2, name: /Rehearsal done/i })).toBeVisible();
    await expect(this.window.getByText('Done and verified.').first()).toBeVisible();
  }

  /** A failure of the step, with the rule's words; returns the step's verdict list, with all that is folded. */
  async expectFailure(number: number, means: string | RegExp) {
    const list = this.verdicts(number);
    await expect(list).toBeVisible();
    const why = this.window.getByRole('button', { name: /^Why: / });
    if ((await why.count()) > 0) await why.first().click();
    await expect(list.getByText(means).first()).toBeVisible();
    await expect(list.getByText('failure', { exact: true }).first()).toBeVisible();
    return list;
  }

  async takeWayOut(title: string | RegExp): Promise<void> {
    const form = this.window.getByRole('form', { name: title });
    await this.press(form.getByRole('button').last());
  }

  async skip(reason: string): Promise<void> {
    await this.window.getByRole('button', { name: /^Skip .* …$/ }).click();
    await this.window.getByLabel('Why is it skipped?').fill(reason);
    await this.press(this.mainButton);
  }

  async openTranscript(): Promise<TranscriptPage> {
    await this.window.getByRole('button', { name: 'Open the transcript' }).click();
    await expect(this.window.getByRole('heading', { level: 1, name: /^Transcript:/ })).toBeVisible();
    return new TranscriptPage(this.window);
  }
}
