import type { Session } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PlayedContents, PlayedSession, pageEvent } from './electron-module.test-kit.ts';
import { guardAllContents, guardSession } from './window-guards.ts';

const { app } = vi.hoisted(() => ({ app: { listeners: new Map<string, (...values: unknown[]) => void>() } }));
vi.mock('electron', () => ({ app: { on: (event: string, listener: (...values: unknown[]) => void) => app.listeners.set(event, listener) } }));

const permissions = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'geolocation',
  'media',
  'notifications',
  'midi',
  'serial',
  'hid',
  'usb',
  'fileSystem',
  'openExternal',
  'unknown',
];

let session: PlayedSession;
let contents: PlayedContents;
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  session = new PlayedSession();
  guardSession(session as unknown as Session);
  guardAllContents();
  contents = new PlayedContents();
  app.listeners.get('web-contents-created')?.({}, contents);
});

describe('what a page may do', () => {
  it('grants one permission on request, to the app’s own page only', () => {
    const granted = permissions.filter((permission) => session.asks(permission, 'app://wrenchbook/index.html'));
    expect(granted).toEqual(['clipboard-sanitized-write']);
    for (const url of ['https://example.org/', 'app://wrenchbook.example/', 'app://other/', 'file:///etc/passwd', ''])
      expect(permissions.filter((permission) => session.asks(permission, url))).toEqual([]);
  });

  it('answers a check of a permission the same way', () => {
    for (const origin of ['app://wrenchbook', 'app://wrenchbook/'])
      expect(permissions.filter((permission) => session.checks(permission, origin))).toEqual(['clipboard-sanitized-write']);
    for (const origin of ['https://example.org', 'app://wrenchbook.example', 'null', ''])
      expect(permissions.filter((permission) => session.checks(permission, origin))).toEqual([]);
  });

  it('gives no device', () => {
    expect(session.grantsDevice()).toBe(false);
  });

  it('opens no second window', () => {
    for (const url of ['app://wrenchbook/index.html', 'https://github.com/', 'about:blank']) expect(contents.openWindow(url)).toBe('deny');
  });

  it('goes nowhere but to its own address, and its frames nowhere', () => {
    expect(contents.may('will-frame-navigate', pageEvent('app://wrenchbook/index.html'))).toBe(true);
    expect(contents.may('will-frame-navigate', pageEvent('app://wrenchbook/index.html', false))).toBe(false);
    for (const url of ['https://example.org/', 'app://wrenchbook.example/', 'file:///etc/passwd', 'data:text/html,x', 'javascript:1'])
      expect(contents.may('will-frame-navigate', pageEvent(url))).toBe(false);
  });

  it('follows no redirect, not even one to itself', () => {
    for (const url of ['https://example.org/', 'app://wrenchbook/index.html']) expect(contents.may('will-redirect', pageEvent(url))).toBe(false);
  });

  it('embeds no page', () => {
    expect(contents.may('will-attach-webview')).toBe(false);
  });
});
