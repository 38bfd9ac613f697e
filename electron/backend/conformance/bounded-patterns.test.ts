/** Patterns for text whose length has a bound may cost a power of it, never more: what a target's files say must not hang anything. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkSync } from 'recheck';
import { expect, inject, it } from 'vitest';
import { boundedPatterns } from './patterns.test-kit.ts';

process.env.RECHECK_SYNC_BACKEND = 'pure';
/** As checked-patterns.txt: checked before, one a line, renewed by `npm run soak` and with `WRENCHBOOK_PATTERNS=write`. */
const listFile = path.join(import.meta.dirname, 'checked-bounded-patterns.txt');

const costOf = (text: string) => {
  const end = text.lastIndexOf('/');
  const found = checkSync(text.slice(1, end), text.slice(end + 1), { timeout: 20_000 });
  return found.status === 'vulnerable' ? found.complexity.type : found.status;
};

it('have no cost that grows faster than a power', { timeout: 3_600_000 }, () => {
  const patterns = boundedPatterns();
  expect(patterns.size).toBeGreaterThan(50);
  const known = new Set(inject('soak') ? [] : readFileSync(listFile, 'utf8').split('\n'));
  const findings = [...patterns].flatMap(([text, where]) => {
    const cost = known.has(text) ? 'safe' : costOf(text);
    return ['safe', 'polynomial'].includes(cost) ? [] : [`${where}: ${text}: ${cost}`];
  });
  expect(findings).toEqual([]);
  if (inject('soak') || process.env.WRENCHBOOK_PATTERNS === 'write') writeFileSync(listFile, `${[...patterns.keys()].sort().join('\n')}\n`);
});

it('know one that has', () => expect(costOf('/^(a+)+$/')).toBe('exponential'));
