/**
 * What a topic's rules saw of the real tools, kept beside its lab as `seen.txt`: a rehearsal has to look like it. The real check writes
 * it with `npm run topic -- ID --real --record`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import type { Matcher, Step } from '../../../shared/topic-kit/index.ts';

const heading = '# What the rules saw of the real tools: step, rule, line. Written by npm run topic -- ID --real --record.';
const fileOf = (topicId: string) => path.resolve('assets/lab', topicId, 'seen.txt');

export interface SeenLine {
  /** `STEP RULE`. */
  at: string;
  line: string;
}

/** The lines of a finished run that steps were judged by. */
export function seenIn({ steps }: Pick<RunState, 'steps'>): SeenLine[] {
  return steps.flatMap(({ id, status, verdicts }) =>
    status === 'done'
      ? verdicts
          .filter(({ kind, line }) => kind === 'expected' && line !== '')
          .map(({ rule, line }) => ({ at: `${id} ${rule}`, line: line.replaceAll('\t', ' ') }))
      : [],
  );
}

const wordsOf = (line: string) =>
  line
    .replace(/\b[a-z]+:\/\/\S+/g, '…')
    .split(/[\s=:,;()[\]<>|"'‘’`]+/)
    .filter(Boolean)
    .map((word) => (/[\d/.@]/.test(word) ? '…' : word));

/**
 * Whether two lines are of one shape: as many words, of which at most a third differ, as names do. Numbers, paths, addresses and names with
 * a dot are all alike.
 */
export function isLike(one: string, other: string): boolean {
  const [words, others] = [wordsOf(one), wordsOf(other)];
  const different = words.filter((word, index) => word !== others[index]).length;
  return words.length === others.length && different <= Math.floor(words.length / 3);
}

export function readSeen(topicId: string): SeenLine[] {
  const file = fileOf(topicId);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(1).filter(Boolean);
  return lines.map((entry) => {
    const [at = '', line = ''] = entry.split('\t');
    return { at, line };
  });
}

/** Adds what a real run has seen, where it is wanted (`WRENCHBOOK_SEEN=write`); a line of a shape that is there already is none. `not`: what is otherwise there only as the
 * check has no such device. */
export function recordSeen(topicId: string, state: RunState, { not = [] }: { not?: readonly string[] } = {}): void {
  if (process.env.WRENCHBOOK_SEEN !== 'write') return;
  const all = readSeen(topicId);
  for (const { at, line } of seenIn(state)) if (!not.includes(at) && !all.some((one) => one.at === at && isLike(one.line, line))) all.push({ at, line });
  writeFileSync(fileOf(topicId), `${[heading, ...all.map(({ at, line }) => `${at}\t${line}`).sort()].join('\n')}\n`);
}

/** Of all that is judged by: `matchers` of the step, its proof, its look for files … */
const rulesOf = (part: object): string[] =>
  Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'matchers' && Array.isArray(value)) return value.map(({ id }: Matcher) => id);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? rulesOf(value) : [];
  });

/**
 * Fails where a rehearsal shows a line in another shape than the real tool, or not at all. Steps that no real check went through say nothing, nor do
 * rules that the steps of this way do not have.
 */
export function expectLikeSeen(topicId: string, state: RunState, steps: readonly Step[]): void {
  const rules = new Set(steps.flatMap((step) => rulesOf(step).map((rule) => `${step.id} ${rule}`)));
  const seen = readSeen(topicId);
  const rehearsed = seenIn(state);
  for (const at of new Set(seen.map((one) => one.at).filter((one) => rules.has(one)))) {
    const real = seen.filter((one) => one.at === at).map(({ line }) => line);
    if (!state.steps.some(({ id, status }) => id === at.split(' ')[0] && status === 'done')) continue;
    const lines = rehearsed.filter((one) => one.at === at).map(({ line }) => line);
    expect(lines.length, `the rehearsal shows nothing for "${at}"; the real tool says: ${real.join(' | ')}`).toBeGreaterThan(0);
    const unlike = lines.filter((line) => !real.some((one) => isLike(one, line)));
    expect(unlike, `"${at}" in the rehearsal, where the real tool says: ${real.join(' | ')} (assets/lab/${topicId}/seen.txt)`).toEqual([]);
  }
}
