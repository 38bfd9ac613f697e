/** Chromium for the preview, which opens where Electron can't be had. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runStep } from './process.mjs';

const require = createRequire(import.meta.url);
const isRoot = process.getuid?.() === 0;

/** Makes sure that there is a Chromium: installs Debian's where that is possible, and says so before. Throws where there is none. */
export function ensureChromium(root) {
  const { findChromium } = require(path.join(root, 'e2e/electron-stand-in/chromium.cjs'));
  try {
    findChromium();
    return;
  } catch (thrown) {
    if (!isRoot || !existsSync('/usr/bin/apt-get')) {
      throw new Error('The preview needs Chromium, and none was found. Install it (package chromium), or name one in WRENCHBOOK_CHROMIUM, and start again.', {
        cause: thrown,
      });
    }
  }
  console.error('Installing Chromium for the preview (apt-get install chromium) …');
  const failure = 'Chromium could not be installed; the messages of apt-get are above. Install it by hand (package chromium) and start again.';
  runStep('apt-get', ['update'], { cwd: root, failure });
  runStep('apt-get', ['install', '-y', 'chromium'], { cwd: root, failure });
}
