import { expect, it } from 'vitest';
import type { Verdict } from './run.ts';
import { byWeight, worstVerdict } from './verdict-order.ts';

const verdict = (rule: string, kind: Verdict['kind'], noWayBack = false): Verdict => ({ kind, rule, line: '', means: '', next: '', remedies: [], noWayBack });

it('puts what has no way back first, then what is known, then what is only suspected', () => {
  const seen = [
    verdict('a', 'harmless'),
    verdict('unknown-error', 'failure'),
    verdict('b', 'warning'),
    verdict('c', 'failure'),
    verdict('d', 'failure'),
    verdict('dead', 'failure', true),
    verdict('e', 'expected'),
  ];
  expect(byWeight(seen).map(({ rule }) => rule)).toEqual(['dead', 'c', 'd', 'unknown-error', 'b', 'e', 'a']);
  expect(worstVerdict(seen)?.rule).toBe('dead');
});

it('has no worst one where nothing is wrong', () => {
  expect(worstVerdict([verdict('a', 'expected'), verdict('b', 'harmless')])).toBeNull();
  expect(worstVerdict([])).toBeNull();
});
