/** Chromium: for the preview, which opens where Electron can't be had, and for the tests of the window. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runStep } from './process.mjs';

const require = createRequire(import.meta.url);
const isRoot = process.getuid?.() === 0;

/**
 * Makes sure that there is a Chromium, for the tests one without windows: installs Debian's where that is possible, and says so
 * before. Throws where there is none.
 */
export function ensureChromium(root, { preview = true } = {}) {
  const { findChromium } = require(path.join(root, 'e2e/electron-stand-in/chromium.cjs'));
  const [use, name] = preview ? ['preview', 'chromium'] : ['tests', 'chromium-headless-shell'];
  try {
    findChromium({ preview });
    return;
  } catch (thrown) {
    if (!isRoot || !existsSync('/usr/bin/apt-get')) {
      throw new Error(
        `The ${use} need${preview ? 's' : ''} Chromium, and none was found. Install it (package ${name}), or name one in WRENCHBOOK_CHROMIUM, and start again.`,
        {
          cause: thrown,
        },
      );
    }
  }
  console.error(`Installing Chromium for the ${use} (apt-get install ${name}) …`);
  const failure = `Chromium could not be installed; the messages of apt-get are above. Install it by hand (package ${name}) and start again.`;
  runStep('apt-get', ['update'], { cwd: root, failure });
  runStep('apt-get', ['install', '-y', name], { cwd: root, failure });
}
