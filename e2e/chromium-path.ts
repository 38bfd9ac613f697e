/** The browser that the stand-in draws with; null where there is none. */
import { createRequire } from 'node:module';

const { findChromium } = createRequire(import.meta.url)('./electron-stand-in/chromium.cjs') as { findChromium(wanted: { preview: boolean }): string };

export const chromiumPath = (): string | null => {
  try {
    return findChromium({ preview: false });
  } catch {
    return null;
  }
};
