#!/usr/bin/env node
/** `npm run package:dir`: release/linux-unpacked from out/, without a network; with a stub where Electron is not installed. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { makeStubElectron } from './package/stub-electron.mjs';
import { findElectron } from './start/electron-binary.mjs';

const root = path.resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

async function packageDir() {
  if (process.platform !== 'linux') throw new Error('This makes the Linux layout. Here, use: npm run package -- --dir');
  if (!existsSync(path.join(root, 'out/main/main.cjs'))) throw new Error('There is nothing to package yet. Run "npm run build" first.');
  const executable = findElectron(root);
  const electronDist = executable ? path.dirname(executable) : path.join(root, 'release/stub-electron');
  if (!executable) {
    console.error('Electron is not installed: packaging around a stub. The package can be looked at, not run.');
    makeStubElectron(root, electronDist);
  }
  const { Platform, build } = require('electron-builder');
  const config = { ...require('../electron-builder.config.cjs'), electronDist };
  await build({ projectDir: root, targets: Platform.LINUX.createTarget('dir'), config });
}

packageDir().catch((thrown) => {
  console.error(thrown.message);
  process.exitCode = 1;
});
