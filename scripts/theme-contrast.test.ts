import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const source = (name: string) => readFileSync(path.join(import.meta.dirname, '..', 'renderer', name), 'utf8');
const css = source('theme.css');
/** Mantine's greys of the dark scheme. */
const greys = /const dark: MantineColorsTuple = \[(.*)\];/.exec(source('theme.ts'))?.[1]?.match(/#[0-9a-f]{6}/g) ?? [];

const [light = '', dark = ''] = css.split('@media screen');
const colour = (of: string, name: string) => new RegExp(`--wb-${name}: (#[0-9a-f]{6});`).exec(of)?.[1] ?? '';

/** Relative luminance and contrast as WCAG 2 has them. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

/** What a field stands on, and its own ground: white, and in the dark Mantine's `dark-6`. */
const grounds = ['surface', 'page', 'sunken', 'raised', 'chosen-fill'] as const;
const schemes = [
  ['light', light, '#ffffff'],
  ['dark', dark, greys[6] ?? ''],
] as const;

describe.each(schemes)('in the %s scheme', (_name, values, own) => {
  it('knows its colours', () => {
    for (const name of ['field-line', 'line', ...grounds]) expect(colour(values, name), name).toMatch(/^#/);
    expect(own).toMatch(/^#/);
  });
  it.each([...grounds, 'own'])('a field’s edge is seen on %s', (ground) => {
    const under = ground === 'own' ? own : colour(values, ground);
    expect(contrast(colour(values, 'field-line'), under)).toBeGreaterThanOrEqual(3);
  });
  it('the line between parts, which fields had before, would not do', () => {
    expect(contrast(colour(values, 'line'), colour(values, 'surface'))).toBeLessThan(3);
  });
  it('quiet text can be read on every ground', () => {
    for (const ground of grounds.slice(0, 4)) expect(contrast(colour(values, 'quiet'), colour(values, ground)), ground).toBeGreaterThanOrEqual(4.5);
  });
});

it('computes contrast as WCAG says', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
