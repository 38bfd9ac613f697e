import { expect, it } from 'vitest';
import { windowKey } from './terminal-keys.ts';

const press = (key: string, modifiers = '') => ({
  key,
  ctrlKey: modifiers.includes('c'),
  shiftKey: modifiers.includes('s'),
  metaKey: modifiers.includes('m'),
  altKey: modifiers.includes('a'),
});

it.each([
  [press('F6'), 'leave'],
  [press('F', 'cs'), 'find'],
  [press('f', 'm'), 'find'],
  [press('C', 'cs'), 'copy'],
  [press('V', 'cs'), 'paste'],
  [press('c', 'c'), null],
  [press('k', 'c'), null],
  [press('Tab'), null],
  [press('c', 'csa'), null],
])('%j', (event, expected) => expect(windowKey(event)).toBe(expected));
