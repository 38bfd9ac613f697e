import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepValues, keptValues } from './kept-form.ts';
import { stubSessionStorage } from './session-storage.test-kit.ts';

let kept: Map<string, string>;
beforeEach(() => {
  kept = stubSessionStorage();
});
afterEach(() => vi.unstubAllGlobals());
const fields = [
  { name: 'domain', secret: false, control: 'text' },
  { name: 'password', secret: true, control: 'text' },
  { name: 'rom', secret: false, control: 'switch' },
] as const;
const initial = { domain: '', password: '', rom: false };

it('gives back what was typed, by route, and never a secret', () => {
  keepValues('start a', fields, { domain: 'corp.example', password: 'sesame', rom: true }, initial);
  expect(keptValues('start a', fields)).toEqual({ domain: 'corp.example', rom: true });
  expect(keptValues('start b', fields)).toEqual({});
  expect([...kept.values()].join()).not.toContain('sesame');
  // What it would be with a field that is not secret: the test can fail.
  keepValues('start a', [{ name: 'password', secret: false }], { password: 'sesame' }, initial);
  expect([...kept.values()].join()).toContain('sesame');
  // Nor is one given back that lies there anyway.
  expect(keptValues('start a', fields)).toEqual({});
});

it('keeps nothing that is as the form begins, or of another kind', () => {
  keepValues('start a', fields, { domain: 'x', password: '', rom: false }, initial);
  keepValues('start a', fields, initial, initial);
  expect(kept.size).toBe(0);
  kept.set('wrenchbook.form start a', JSON.stringify({ domain: true, rom: 'yes', other: 'x' }));
  expect(keptValues('start a', fields)).toEqual({});
  kept.set('wrenchbook.form start a', '{');
  expect(keptValues('start a', fields)).toEqual({});
});
