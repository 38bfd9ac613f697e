/** Everything axe finds on the page, of any severity and with its best practices: rule, and where. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export async function axeFindings(window: Page): Promise<string[]> {
  // What is on its way in or out has colours of its own for a moment.
  await window.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  const { violations } = await new AxeBuilder({ page: window })
    // Off where nobody asks for it, as it is new in WCAG 2.2.
    .options({ rules: { 'target-size': { enabled: true } } })
    .setLegacyMode()
    .analyze();
  return violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
