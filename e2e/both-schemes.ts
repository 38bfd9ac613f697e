/** Looks at a page in the light and in the dark: a picture of each, and what axe finds. What the page does is the same in both. */
import type { Page, TestInfo } from '@playwright/test';
import { expect } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';

const schemes = ['light', 'dark'] as const;

/** Everything that axe finds in the light, and what it finds of colours in the dark: nothing else is another there. */
export async function findingsInBoth(window: Page, part?: string): Promise<string[]> {
  const found: string[] = [];
  for (const scheme of schemes) {
    await window.emulateMedia({ colorScheme: scheme });
    found.push(...(await axeFindings(window, part, scheme === 'dark' ? ['color-contrast'] : undefined)).map((finding) => `${scheme}: ${finding}`));
  }
  await window.emulateMedia({ colorScheme: 'light' });
  return found;
}

export const inBothSchemes = (window: Page, info: TestInfo) => ({
  /** Into the test's folder, with the scheme behind its name. */
  async picture(name: string, options: { fullPage?: boolean } = {}): Promise<void> {
    for (const scheme of schemes) {
      await window.emulateMedia({ colorScheme: scheme });
      await window.screenshot({ ...options, path: info.outputPath(`${name}-${scheme}.png`) });
    }
    await window.emulateMedia({ colorScheme: 'light' });
  },
  /** Nothing is found by axe, of any severity. `part`: within this element only. */
  async accessible(what = '', part?: string): Promise<void> {
    expect(await findingsInBoth(window, part), what).toEqual([]);
  },
});
