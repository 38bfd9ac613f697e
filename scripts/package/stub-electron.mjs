/**
 * Makes a folder that electron-builder takes for an unpacked Electron for Linux. The app in it can't run; what is packed
 * beside it is the real thing, so the layout can be looked at where Electron can't be downloaded.
 */
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/**
 * The fuse wire as Electron 45 carries it: a marker, version 1, nine fuses, and their factory setting. With it the fuses
 * of the package are really flipped and can be read back.
 */
const FUSE_WIRE = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('101100011')]);
const PROGRAM = '#!/bin/sh\necho "This is a stand-in for Electron, made to look at the package. It runs nothing." >&2\nexit 86\n# ';

export function makeStubElectron(root, folder) {
  const manifest = require(path.join(root, 'node_modules/electron/package.json'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  writeFileSync(path.join(folder, 'electron'), Buffer.concat([Buffer.from(PROGRAM), FUSE_WIRE, Buffer.from('\n')]));
  chmodSync(path.join(folder, 'electron'), 0o755);
  writeFileSync(path.join(folder, 'version'), manifest.version);
  writeFileSync(path.join(folder, 'LICENSES.chromium.html'), '');
  writeFileSync(path.join(folder, 'locales/en-US.pak'), '');
  writeFileSync(path.join(folder, 'chrome-sandbox'), '');
  copyFileSync(path.join(root, 'node_modules/electron/LICENSE'), path.join(folder, 'LICENSE'));
}
