/**
 * How likely a forged answer has been accepted after some time. Ps = (D·R·W)/(N·P·I), RFC 5452 section 7; the chance of at least
 * one success in n windows is 1 − (1 − Ps)^n, with n = t/(W + Wc). Times in seconds.
 */
import type { Parameters } from './parameters.ts';

export interface Odds {
  /** Sets of server, port, identifier and case that have to be guessed among. */
  combinations: number;
  /** Ps as the formula gives it; above 1 where more answers come in a window than there are combinations. */
  formula: number;
  /** Ps, at most 1. */
  perWindow: number;
  /** From the beginning of a window to that of the next. */
  cycle: number;
  window: number;
}

export function oddsOf({ D, R, W, Wc, N, P, I, letters }: Parameters): Odds {
  const combinations = N * P * I * 2 ** letters;
  const formula = (D * R * W) / combinations;
  return { combinations, formula, perWindow: Math.min(1, formula), cycle: W + Wc, window: W };
}

/** Windows until the chance is reached; 0 where each one is certain to do. `log1p`: 1 − Ps is 1 in floating point where Ps is small. */
export const windowsTo = ({ perWindow }: Odds, chance: number): number => (perWindow >= 1 ? 0 : Math.log1p(-chance) / Math.log1p(-perWindow));

/** Where one window is certain to do, within it: in proportion. */
export const timeTo = (odds: Odds, chance: number): number => (odds.perWindow >= 1 ? chance * odds.window : windowsTo(odds, chance) * odds.cycle);

export function chanceBy({ perWindow, cycle, window }: Odds, seconds: number): number {
  if (perWindow >= 1) return Math.min(1, seconds / window);
  return -Math.expm1((seconds / cycle) * Math.log1p(-perWindow));
}
