/** Looks into the packaged app. Makes it first where it is missing or older than what it is made from. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractAll, extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const app = path.join(root, 'release/linux-unpacked');
const archive = path.join(app, 'resources/app.asar');
const MiB = 1024 * 1024;

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
const newest = (folder: string): number => Math.max(...filesBelow(folder).map((file) => statSync(path.join(folder, file)).mtimeMs));

function makePackage(): void {
  const npm = (script: string) => execFileSync('npm', ['run', script, '--silent'], { cwd: root, stdio: 'pipe' });
  if (!existsSync(path.join(root, 'out/main/main.cjs'))) npm('build');
  const sources = Math.max(
    newest(path.join(root, 'out')),
    newest(path.join(root, 'assets')),
    ...['electron-builder.config.cjs', 'package-lock.json', 'scripts/package/legal-files.mjs'].map((file) => statSync(path.join(root, file)).mtimeMs),
  );
  if (!existsSync(archive) || statSync(archive).mtimeMs < sources) npm('package:dir');
}

describe.skipIf(process.platform !== 'linux')('the package', () => {
  let packed: string[];
  beforeAll(() => {
    makePackage();
    packed = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/').slice(1));
  }, 600_000);

  it('holds the built app, and starts it', () => {
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString());
    expect(packed).toContain(manifest.main);
    expect(packed).toEqual(expect.arrayContaining(['out/main/backend-host.cjs', 'out/preload/preload.cjs', 'out/renderer/index.html']));
  });

  it('holds no library but node-pty and SQLite, and of those only what this platform needs', () => {
    const libraries = new Set(packed.filter((file) => file.startsWith('node_modules/') && file !== 'node_modules').map((file) => file.split('/')[1]));
    expect([...libraries].sort()).toEqual(['node-pty', 'node-sqlite3-wasm']);
    expect(packed.filter((file) => /^node_modules\/node-sqlite3-wasm\/.*\./.test(file)).sort()).toEqual(
      ['dist/node-sqlite3-wasm.js', 'dist/node-sqlite3-wasm.wasm', 'package.json'].map((file) => `node_modules/node-sqlite3-wasm/${file}`),
    );
    const prebuilt = packed.filter((file) => file.includes('/prebuilds/') && path.extname(file) === '.node');
    expect(prebuilt).toEqual([`node_modules/node-pty/prebuilds/linux-${process.arch}/pty.node`]);
  });

  it('has the history’s thread, which finds SQLite’s program from where it is', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-package-'));
    try {
      extractAll(archive, folder);
      const question = { id: 0, question: { kind: 'search', search: { text: 'nothing', limit: 1, offset: 0 }, live: {} } };
      const script = `const worker = new (require('node:worker_threads').Worker)(process.argv[1], { workerData: { dataFolder: process.argv[2] } });
        worker.on('message', (reply) => { console.log(JSON.stringify(reply)); worker.terminate(); });
        worker.postMessage(${JSON.stringify(question)});`;
      const said = execFileSync(process.execPath, ['-e', script, path.join(folder, 'out/main/history-worker.cjs'), path.join(folder, 'data')], { cwd: folder });
      expect(JSON.parse(said.toString())).toMatchObject({ id: 0, answer: { hits: [], total: 0, indexed: 0, of: 0 } });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('holds no sources, tests or source maps', () => {
    expect([...new Set(packed.map((file) => file.split('/')[0]))].sort()).toEqual(['node_modules', 'out', 'package.json']);
    expect(packed.filter((file) => /\.tsx?$|\.map$|\.test\./.test(file))).toEqual([]);
  });

  it('has the terminal library beside the archive, where the system can load it', () => {
    expect(existsSync(path.join(`${archive}.unpacked`, `node_modules/node-pty/prebuilds/linux-${process.arch}/pty.node`))).toBe(true);
  });

  it('has the assets as files, executable where they were, without the icons', () => {
    const shipped = filesBelow(path.join(app, 'resources/assets')).sort();
    const wanted = filesBelow(path.join(root, 'assets')).filter((file) => !file.startsWith('icons/') && path.basename(file) !== 'seen.txt');
    expect(shipped).toEqual(wanted.sort());
    for (const file of shipped) {
      const isExecutable = (folder: string) => (statSync(path.join(folder, file)).mode & 0o111) !== 0;
      expect([file, isExecutable(path.join(app, 'resources/assets'))]).toEqual([file, isExecutable(path.join(root, 'assets'))]);
    }
  });

  it('says what it is made of, and under which licences', () => {
    const legal = path.join(app, 'resources/legal');
    const bill = JSON.parse(readFileSync(path.join(legal, 'sbom.cdx.json'), 'utf8'));
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { component: { name: 'wrenchbook' } } });
    type Component = { name: string; version: string; purl: string; licenses: unknown[]; hashes: { content: string }[] };
    const components: Component[] = bill.components;
    const names = components.map(({ name }) => name);
    // Bundled ones of the window and of the backend, what they need in turn, and those that are files in the package.
    expect(names).toEqual(
      expect.arrayContaining([
        'electron',
        'react',
        '@mantine/core',
        '@xterm/xterm',
        'scheduler',
        'zod',
        'tar-stream',
        'streamx',
        'node-pty',
        'node-sqlite3-wasm',
      ]),
    );
    expect(names).not.toContain('vitest');
    for (const { name, version, purl, licenses, hashes } of components) {
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
      expect([licenses.length, hashes[0]?.content.length]).toEqual([1, 128]);
    }
    const licences = readFileSync(path.join(legal, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const { name, version } of components) expect(licences).toContain(`${name} ${version} (`);
    expect(licences).toContain('Permission is hereby granted');
  });

  it('is as large as a bundled app, not as its dependencies', () => {
    expect(statSync(archive).size).toBeGreaterThan(0.3 * MiB);
    expect(statSync(archive).size).toBeLessThan(12 * MiB);
  });

  it('has every way to run other code through it switched off', async () => {
    const fuses = await getCurrentFuseWire(path.join(app, 'wrenchbook'));
    expect(fuses).toMatchObject({
      [FuseV1Options.RunAsNode]: FuseState.DISABLE,
      [FuseV1Options.EnableCookieEncryption]: FuseState.ENABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: FuseState.ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: FuseState.DISABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
    });
  });
});
