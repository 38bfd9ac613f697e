import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuilt } from './built-app.mjs';
import { areInstalled } from './dependencies.mjs';
import { findElectron } from './electron-binary.mjs';
import { isNewEnough } from './node-version.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'start-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (file: string, text = '') => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
/** Sets the time of a file or folder, in seconds from a fixed day. */
const touch = (file: string, seconds: number) => utimesSync(path.join(root, file), 1_700_000_000 + seconds, 1_700_000_000 + seconds);

it.each([
  ['18.20.0', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['21.7.0', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['24.0.0', true],
])('Node %s: %s', (version, enough) => {
  expect(isNewEnough(version)).toBe(enough);
});

describe('dependencies', () => {
  const locks = (wanted: object, installed: object) => {
    put('package-lock.json', JSON.stringify({ packages: { '': { name: 'x' }, ...wanted } }));
    put('node_modules/.package-lock.json', JSON.stringify({ packages: installed }));
  };
  it('are missing without node_modules', () => {
    put('package-lock.json', JSON.stringify({ packages: {} }));
    expect(areInstalled(root)).toBe(false);
  });
  it('are there when all versions agree, other platforms’ packages aside', () => {
    locks({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/a-mac': { version: '1.0.0', optional: true } }, { 'node_modules/a': { version: '1.0.0' } });
    expect(areInstalled(root)).toBe(true);
  });
  it.each([
    ['another version', { 'node_modules/a': { version: '0.9.0' } }],
    ['a package too few', {}],
  ])('are stale with %s', (_what, installed) => {
    locks({ 'node_modules/a': { version: '1.0.0' } }, installed);
    expect(areInstalled(root)).toBe(false);
  });
});

describe('the build', () => {
  const sources = ['electron/main.ts', 'renderer/main.tsx', 'shared/api.ts', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
  const built = ['out/main/main.cjs', 'out/main/backend-host.cjs', 'out/main/cli.cjs', 'out/preload/preload.cjs', 'out/renderer/index.html'];
  beforeEach(() => {
    for (const file of [...sources, ...built, 'shared/api.test.ts']) put(file);
    for (const place of [...sources, 'electron', 'renderer', 'shared']) touch(place, 0);
    for (const file of built) touch(file, 100);
    touch('shared/api.test.ts', 200);
  });
  it('is there when it is newer than all it was made from; tests are not part of it', () => {
    expect(isBuilt(root)).toBe(true);
  });
  it('is stale when a source is newer', () => {
    touch('shared/api.ts', 101);
    expect(isBuilt(root)).toBe(false);
  });
  it('is stale when a source was removed since', () => {
    rmSync(path.join(root, 'electron/main.ts'));
    expect(isBuilt(root)).toBe(false);
  });
  it('is missing when one part is', () => {
    rmSync(path.join(root, 'out/main/cli.cjs'));
    expect(isBuilt(root)).toBe(false);
  });
});

describe.skipIf(process.platform !== 'linux')('Electron', () => {
  it('is not there while it is only half unpacked', () => {
    put('node_modules/electron/dist/electron');
    expect(findElectron(root, {})).toBeNull();
    put('node_modules/electron/path.txt', 'electron');
    expect(findElectron(root, {})).toBe(path.join(root, 'node_modules/electron/dist/electron'));
  });
  it('is where ELECTRON_OVERRIDE_DIST_PATH says', () => {
    put('other/electron');
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'other') })).toBe(path.join(root, 'other/electron'));
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'none') })).toBeNull();
  });
});
