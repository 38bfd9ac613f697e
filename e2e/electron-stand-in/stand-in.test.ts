import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPath } from '../chromium-path.ts';

const require = createRequire(import.meta.url);
const { makeElectron } = require('./electron-module.cjs');
const { MessageChannelMain, handOver } = require('./message-ports.cjs');
const { wireValueCodec } = require('./page-scripts/wire-value.cjs');
const { chromiumArguments } = require('./chromium.cjs');
const { freeName } = require('./preview-dialogs.cjs');

const here = import.meta.dirname;
const { electron } = makeElectron({ manifest: { name: 'app', version: '1.0.0' }, appPath: here, versions: {}, preview: false });

describe('what is not implemented', () => {
  it.each<[string, () => unknown]>([
    ['electron.Tray', () => electron.Tray],
    ['app.getLocale', () => electron.app.getLocale()],
    ['setting app.badgeCount', () => (electron.app.badgeCount = 1)],
    ["the event 'open-url' of app", () => electron.app.on('open-url', () => undefined)],
    ['BrowserWindow class.fromId', () => electron.BrowserWindow.fromId(1)],
    ['the option frame of BrowserWindow', () => new electron.BrowserWindow({ frame: false })],
    ['the option partition of webPreferences', () => new electron.BrowserWindow({ webPreferences: { partition: 'x' } })],
    ['session.webRequest', () => electron.session.defaultSession.webRequest],
    ['session module.fromPartition', () => electron.session.fromPartition('x')],
    ['setting nativeTheme.other', () => (electron.nativeTheme.other = 1)],
    ['the menu role services', () => electron.Menu.buildFromTemplate([{ role: 'services' }])],
    ['the option icon of a menu item', () => electron.Menu.buildFromTemplate([{ label: 'x', icon: 'y' }])],
    ['the option env of utilityProcess.fork', () => electron.utilityProcess.fork('x', [], { env: {} })],
    ['the option bypassCSP', () => electron.protocol.registerSchemesAsPrivileged([{ scheme: 'x', privileges: { bypassCSP: true } }])],
    ['setting ipcMain.handle', () => (electron.ipcMain.handle = () => undefined)],
  ])('%s throws and is named', (name, use) => {
    expect(use).toThrow(`electron stand-in: ${name}`);
  });

  it.each([
    ['nodeIntegration', true],
    ['nodeIntegrationInSubFrames', true],
    ['nodeIntegrationInWorker', true],
    ['contextIsolation', false],
    ['sandbox', false],
    ['webSecurity', false],
    ['webviewTag', true],
  ])('a window with %s: %s is refused', (preference, value) => {
    expect(() => new electron.BrowserWindow({ webPreferences: { [preference]: value } })).toThrow(preference);
  });

  it('a dialog nobody scripted throws; a scripted one answers', async () => {
    expect(() => electron.dialog.showSaveDialog({ title: 'Save' })).toThrow('scripted no answer');
    electron.dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });
    expect(await electron.dialog.showSaveDialog({})).toEqual({ canceled: true, filePath: '' });
  });
});

describe('values on their way into the page', () => {
  const { encode, decode } = wireValueCodec();
  it.each([
    [{ bytes: new Uint8Array([0, 255, 10]), absent: undefined, list: [null, Number.NaN, -Infinity, 'x'] }],
    [{ $: 'a member that looks like a tag' }],
    ['text'],
  ])('%j comes out as it went in', (value) => {
    expect(decode(JSON.parse(JSON.stringify(encode(value))))).toEqual(value);
  });
  it.each([[() => 1], [Symbol('x')], [{ deep: new Map() }]])('%s is refused', (value) => {
    expect(() => encode(value)).toThrow();
  });
});

describe('message ports', () => {
  it('keep messages until started, deliver all, then tell of the close', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const heard: unknown[] = [];
    port1.postMessage(1);
    port1.postMessage(2);
    port1.close();
    const closed = new Promise<void>((resolve) => port2.on('close', resolve));
    port2.on('message', ({ data }: { data: unknown }) => heard.push(data));
    port2.start();
    await closed;
    expect(heard).toEqual([1, 2]);
  });

  it('hand over what has gathered, once', () => {
    const { port1, port2 } = new MessageChannelMain();
    port1.postMessage('early');
    const sent: unknown[] = [];
    handOver(port2, { send: (message: unknown) => sent.push(message), close: () => sent.push('closed') });
    port1.postMessage('late');
    port1.close();
    expect(sent).toEqual(['early', 'late', 'closed']);
    expect(() => handOver(port2, { send: () => undefined, close: () => undefined })).toThrow('only once');
  });
});

describe('Chromium', () => {
  it('has no sandbox for root only, and shows a window in the preview only', () => {
    const flags = (preview: boolean, isRoot: boolean): string[] => chromiumArguments({ profile: '/p', preview, isRoot });
    expect(flags(false, false)).not.toContain('--no-sandbox');
    expect(flags(false, true)).toContain('--no-sandbox');
    expect(flags(false, false)).toContain('--headless=new');
    expect(flags(true, false)).not.toContain('--headless=new');
    expect(flags(true, false).some((flag) => flag.startsWith('--remote-debugging-port'))).toBe(false);
  });
});

describe('with a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stand-in-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('the preview saves under a name that is free', () => {
    expect(freeName(here, 'README.md')).toBe(path.join(here, 'README (2).md'));
    expect(freeName(folder, 'README.md')).toBe(path.join(folder, 'README.md'));
  });

  it.skipIf(chromiumPath() === null)('an app runs: isolated preload, ports, binary data, refusals, and nothing left behind', async () => {
    const app = path.join(here, 'sample-app');
    const { stdout } = await promisify(execFile)(path.join(here, 'electron'), [app, `--user-data-dir=${folder}`], { timeout: 40_000 });
    expect(JSON.parse(stdout)).toEqual({
      leaks: ['undefined', 'undefined', 'undefined', 0],
      frozen: 'function',
      invoked: { value: 42, origin: 'app://sample' },
      thrown: [true, 'only this text', 'no code'],
      calledBack: [true, 7, 8, 9],
      opened: 'null',
      heard: [[true, 300, 1], 'closed'],
      fromUtility: { sum: (255 * 256) / 2 + (43 * 44) / 2 },
      exitCode: 4,
      refused: ['open https://example.org/new', 'go https://example.org/away'],
      address: 'app://sample/page.html',
      version: '1.2.3',
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
