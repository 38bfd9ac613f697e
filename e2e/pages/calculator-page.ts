import type { Locator, Page } from '@playwright/test';

/** A topic that only calculates. */
export class CalculatorPage {
  readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  slider(label: string): Locator {
    return this.window.getByRole('slider', { name: `${label}, slider` });
  }
  typed(label: string): Locator {
    return this.window.getByRole('textbox', { name: label, exact: true });
  }
  /** The number in words that stands below a result's label. */
  result(label: string): Locator {
    return this.window
      .getByRole('region', { name: 'Results' })
      .locator('div', { has: this.window.getByText(label, { exact: true }) })
      .locator('dd')
      .first();
  }
  picture(title: string): Locator {
    return this.window.getByRole('figure', { name: title });
  }
  async save(format: 'SVG' | 'PNG' | 'CSV', picture: string): Promise<void> {
    await this.window.getByRole('button', { name: `Save as ${format}: ${picture}` }).click();
  }
  get paste(): Locator {
    return this.window.getByRole('textbox', { name: 'Or paste them here' });
  }
}
