import { expect, it } from 'vitest';
import { amountText, percentText, secondsText } from './amounts.ts';

it.each([
  [65_536, '65,536'],
  [4_194_304_000, '4.194 × 10⁹'],
  [123_456_789, '123,456,789'],
  [0.016479492, '0.01648'],
  [0, '0'],
  [1e-7, '1 × 10⁻⁷'],
  [1.2345e28, '1.235 × 10²⁸'],
])('%f is said as %s', (value, text) => expect(amountText(value)).toBe(text));

it.each([
  [1.37655, '1.377 s'],
  [0.03, '30 ms'],
  [90, '90 s'],
  [88_100, '24.47 h'],
  [86_400 * 900, '2.464 years'],
  [0.0000005, '5 × 10⁻⁷ s'],
  [0, '0 s'],
])('%f seconds are %s', (seconds, text) => expect(secondsText(seconds)).toBe(text));

it('says shares in percent', () => expect(percentText(0.016479492)).toBe('1.648 %'));
