import { describe, expect, it } from 'vitest';
import { durationText, minutesText, momentText, positionText, shortDigest, sizeText } from './amounts.ts';

describe('sizeText', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1.0 KiB'],
    [722_708, '706 KiB'],
    [5 * 1024 * 1024, '5.0 MiB'],
  ])('%d', (bytes, text) => expect(sizeText(bytes)).toBe(text));
});

describe('durationText', () => {
  it.each([
    [400, '0.4 s'],
    [38_000, '38 s'],
    [185_000, '3 min 05 s'],
    [3_720_000, '1 h 02 min'],
    [59_600, '1 min 00 s'],
  ])('%d ms', (ms, text) => expect(durationText(ms)).toBe(text));
});

describe('minutesText', () => {
  it.each([
    [0, 'moments'],
    [0.5, 'under 1 min'],
    [40, '~40 min'],
    [120, '~2 h'],
    [150, '~2.5 h'],
  ])('%d', (minutes, text) => expect(minutesText(minutes)).toBe(text));
});

it('shows a moment in local time to the minute', () => {
  expect(momentText(new Date(2026, 2, 4, 17, 5, 59).toISOString())).toBe('2026-03-04 17:05');
  expect(momentText('not a date')).toBe('not a date');
});

it('shows a position in a recording', () => {
  expect(positionText(65_400)).toBe('1:05');
  expect(positionText(-5)).toBe('0:00');
});

it('shortens a digest and leaves short text alone', () => {
  expect(shortDigest('a'.repeat(64))).toBe(`${'a'.repeat(12)}…`);
  expect(shortDigest('abc')).toBe('abc');
});
