import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultSettings } from '../../../shared/api/settings.ts';
import { KeptSettings } from './kept-settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const kept = () => new KeptSettings(path.join(folder, 'data'));
const text = () => readFileSync(kept().file, 'utf8');

it('keeps what is changed, and the rest as it was', () => {
  expect(kept().get()).toEqual(defaultSettings);
  expect(kept().set({ terminalFontSize: 16 })).toEqual({ ...defaultSettings, terminalFontSize: 16 });
  kept().set({ notifications: false, terminalFont: ' JetBrains Mono ', zoom: undefined });
  expect(kept().get()).toEqual({ ...defaultSettings, terminalFontSize: 16, notifications: false, terminalFont: 'JetBrains Mono' });
});

it('takes each that is right from a file with some that are wrong, and loses nothing that it does not know', () => {
  kept().set({});
  writeFileSync(kept().file, JSON.stringify({ terminalFontSize: 400, zoom: 150, notifications: 'yes', fromTomorrow: { a: 1 } }));
  expect(kept().get()).toEqual({ ...defaultSettings, zoom: 150 });
  kept().set({ screenReader: true });
  expect(JSON.parse(text())).toEqual({ ...defaultSettings, zoom: 150, screenReader: true, fromTomorrow: { a: 1 } });
});

it.each(['{"zoom":15', '', '[]', 'null'])('starts from the usual ones where the file says %j, and puts it aside when it is written', (damaged) => {
  kept().set({ zoom: 150 });
  writeFileSync(kept().file, damaged);
  expect(kept().get()).toEqual(defaultSettings);
  kept().set({ zoom: 125 });
  expect(kept().get()).toEqual({ ...defaultSettings, zoom: 125 });
  const [aside = ''] = readdirSync(path.join(folder, 'data')).filter((name) => name.startsWith('settings.damaged-'));
  expect(readFileSync(path.join(folder, 'data', aside), 'utf8')).toBe(damaged);
});

it('refuses what no setting can be, and leaves the file', () => {
  kept().set({ zoom: 150 });
  const before = text();
  expect(() => kept().set({ terminalFont: 'x"; }' })).toThrow(/Use the name of one font/);
  expect(() => kept().set({ terminalFontSize: 4 })).toThrow(/terminalFontSize: It has to be at least 9/);
  expect(text()).toBe(before);
});
