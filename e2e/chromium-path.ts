/** Debian's Chromium, or whichever the machine has; null where there is none. */
import { existsSync } from 'node:fs';

export const chromiumPath = (): string | null =>
  [process.env.WRENCHBOOK_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => file && existsSync(file)) ??
  null;
