/** Everything axe finds on the page, or in a part of it, of any severity and with its best practices: rule, and where. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** `rules`: only these of axe's. */
export async function axeFindings(window: Page, part?: string, rules?: string[]): Promise<string[]> {
  // A page that is being loaded has none yet.
  await window.getByRole('heading', { level: 1, includeHidden: true }).first().waitFor({ state: 'attached' });
  // What is on its way in or out has colours of its own for a moment.
  await window.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  // The size of targets is looked at only where somebody asks for it, as that is new in WCAG 2.2.
  const builder = new AxeBuilder({ page: window })
    .options({ rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], preload: false })
    .setLegacyMode();
  if (rules) builder.withRules(rules);
  const { violations } = await (part === undefined ? builder : builder.include(part)).analyze();
  const findings: string[] = [];
  for (const { id, impact, nodes } of violations)
    for (const { target } of nodes) {
      const place = target.join(' ');
      if (id !== 'target-size' || (await isTooSmall(window, place))) findings.push(`${id} (${impact}): ${place}`);
    }
  return findings;
}

/** A bar at the edge of the window covers what lies under it only until somebody scrolls: looked at again in the middle of the window. */
async function isTooSmall(window: Page, place: string): Promise<boolean> {
  await window.locator(place).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const { violations } = await new AxeBuilder({ page: window }).include(place).withRules(['target-size']).setLegacyMode().analyze();
  return violations.length > 0;
}
