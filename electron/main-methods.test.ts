import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serveMainMethods } from './main-methods.ts';
import type { CallAnswer } from './window-channels.ts';
import { connectPage } from './window-port.ts';

type Listener = (event: unknown, method: unknown, input: unknown) => Promise<CallAnswer>;
const electron = vi.hoisted(() => ({ handler: null as Listener | null, opened: [] as string[] }));
vi.mock('electron', () => ({
  ipcMain: {
    handle(_channel: string, handler: Listener) {
      electron.handler = handler;
    },
  },
  shell: { openExternal: async (url: string) => void electron.opened.push(url) },
  app: {},
  dialog: {},
}));

const page = (origin = 'app://wrenchbook') => {
  const mainFrame = { origin };
  const posted: unknown[] = [];
  const webContents = { mainFrame, postMessage: (...message: unknown[]) => void posted.push(message) };
  return { webContents, mainFrame, posted, isDestroyed: () => false };
};
const asWindow = (one: ReturnType<typeof page>) => one as unknown as BrowserWindow;

let window: ReturnType<typeof page>;
const call = (event: unknown, method: unknown, input: unknown = {}) => electron.handler?.(event, method, input);
const own = () => ({ sender: window.webContents, senderFrame: window.mainFrame });

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  electron.opened = [];
  window = page();
  serveMainMethods({
    window: () => asWindow(window),
    backend: () => {
      throw new Error('no backend here');
    },
    dataFolder: '/data',
  });
});

describe('calls of the window to main', () => {
  it('open pages of the list in the browser, and no others', async () => {
    expect(await call(own(), 'window.openExternal', { url: 'https://github.com/a' })).toEqual({ ok: true, value: { opened: true } });
    for (const url of [
      'http://github.com/x',
      'https://github.com.evil.example/',
      'https://evil.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://host/share',
      'ms-msdt:x',
    ])
      await call(own(), 'window.openExternal', { url });
    expect(electron.opened).toEqual(['https://github.com/a']);
  });

  it('come from the main frame of the window’s own page only', async () => {
    const refused = { ok: false, error: { code: 'not-allowed' } };
    const wish = { url: 'https://github.com/a' };
    expect(await call(own(), 'window.openExternal', wish)).toMatchObject({ ok: true });
    expect(await call({ sender: page().webContents, senderFrame: window.mainFrame }, 'window.openExternal', wish)).toMatchObject(refused);
    expect(await call({ sender: window.webContents, senderFrame: { origin: 'app://wrenchbook' } }, 'window.openExternal', wish)).toMatchObject(refused);
    expect(await call({ sender: window.webContents, senderFrame: null }, 'window.openExternal', wish)).toMatchObject(refused);
    window.mainFrame.origin = 'https://example.org';
    expect(await call(own(), 'window.openExternal', wish)).toMatchObject(refused);
    expect(electron.opened).toHaveLength(1);
  });

  it('reach no method of the backend and no name that is none', async () => {
    for (const method of ['runs.start', '__proto__', 'constructor', '', null, { a: 1 }])
      expect(await call(own(), method)).toMatchObject({ ok: false, error: { code: 'bad-message' } });
  });
});

describe('the port to the backend', () => {
  const port = {} as never;
  it('is given to the app’s own page', () => {
    connectPage(asWindow(window), () => port);
    expect(window.posted).toHaveLength(1);
  });
  it('is opened for no other page, no closed window, and none while there is no backend', () => {
    const open = vi.fn(() => port);
    for (const origin of ['https://example.org', 'app://other', 'null', 'file://']) {
      const other = page(origin);
      connectPage(asWindow(other), open);
      expect(other.posted).toEqual([]);
    }
    connectPage(asWindow({ ...window, isDestroyed: () => true }), open);
    connectPage(null, open);
    expect(open).not.toHaveBeenCalled();
    connectPage(asWindow(window), () => null);
    expect(window.posted).toEqual([]);
  });
});
