import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWindowState, visibleBounds, type WindowState, writeWindowState } from './window-state.ts';

describe('the file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'window-state-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives back what was written, in a folder that was not there', () => {
    const file = path.join(folder, 'new', 'window.json');
    const state: WindowState = { bounds: { x: -5, y: 10, width: 1000, height: 700 }, maximized: true, theme: 'dark' };
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  });

  it.each(['', '{', 'null', '{"bounds":{"x":0},"maximized":false,"theme":"dark"}', '{"bounds":null,"maximized":false,"theme":"pink"}'])(
    'starts fresh from %j',
    (text) => {
      const file = path.join(folder, 'window.json');
      writeFileSync(file, text);
      expect(readWindowState(file)).toEqual({ bounds: null, maximized: false, theme: 'system' });
    },
  );

  it('does not throw where nothing can be written', () => {
    const file = path.join(folder, 'a-file');
    writeFileSync(file, '');
    expect(() => writeWindowState(path.join(file, 'window.json'), readWindowState(file))).not.toThrow();
  });
});

describe('visible bounds', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const second = { x: 1920, y: 0, width: 1280, height: 1024 };
  const onSecond = { x: 2000, y: 100, width: 1000, height: 700 };

  it('keeps a window on a screen that is there', () => {
    expect(visibleBounds(onSecond, [screen, second])).toEqual(onSecond);
  });
  it.each([
    ['whose screen is gone', onSecond],
    ['above the screen', { x: 0, y: -60, width: 1000, height: 700 }],
    ['with only a sliver left', { x: 1850, y: 0, width: 1000, height: 700 }],
    ['below the screen', { x: 0, y: 1060, width: 1000, height: 700 }],
  ])('lets go of a window %s', (_what, saved) => {
    expect(visibleBounds(saved, [screen])).toBeNull();
  });
});
