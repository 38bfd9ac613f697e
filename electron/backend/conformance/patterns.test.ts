/** No pattern of the product takes more time than the length of what it looks at, whatever a target prints or somebody pastes. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { checkSync } from 'recheck';
import { expect, inject, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { allPatterns } from './patterns.test-kit.ts';

// Everywhere the same checker: the one that needs neither Java nor a binary of its own.
process.env.RECHECK_SYNC_BACKEND = 'pure';
/**
 * Patterns that were checked before, one a line. Any other is checked when it is met; `npm run soak` checks all, and renews the list.
 * With `WRENCHBOOK_PATTERNS=write` the list is renewed once the others are checked.
 */
const listFile = path.join(import.meta.dirname, 'checked-patterns.txt');
const patterns = allPatterns();
const generous = 3_600_000;

it('finds the patterns of topics, matchers, prompts, troubles and dialects', () => {
  expect(patterns.size).toBeGreaterThan(600);
  for (const text of ['/CRITICAL[_ ]PROCESS[_ ]DIED/i', '/^Enter passphrase for key .+: $/', '/Too many authentication failures/'])
    expect([...patterns.keys()]).toContain(text);
});

it('has linear patterns only', { timeout: generous }, async () => {
  const known = new Set(inject('soak') ? [] : readFileSync(listFile, 'utf8').split('\n'));
  const findings: string[] = [];
  for (const [text, where] of patterns) if (!known.has(text)) findings.push(...(await findingOf(text, where)));
  expect(findings).toEqual([]);
  if (inject('soak') || process.env.WRENCHBOOK_PATTERNS === 'write') writeFileSync(listFile, `${[...patterns.keys()].sort().join('\n')}\n`);
});

it('knows a pattern that is not', { timeout: generous }, async () => {
  expect(await findingOf('/windows.*(not|no longer).*(boot|start).*update/i', 'here', 2_000)).toEqual([
    expect.stringMatching(/^here: .* is vulnerable \(polynomial\)/),
  ]);
});

/** What the checker holds to be slow is tried on the text that it names, grown to 1 MiB: it takes some for slow that are not. */
async function findingOf(text: string, where: string, hangsAfterMs = 60_000): Promise<string[]> {
  const end = text.lastIndexOf('/');
  const found = checkSync(text.slice(1, end), text.slice(end + 1), { timeout: 300_000 });
  if (found.status === 'safe') return [];
  if (found.status === 'unknown') return [`${where}: ${text} is unknown (${found.error.kind})`];
  const { pumps, suffix } = found.attack;
  const times = Math.ceil(1_048_576 / pumps.reduce((sum, { pump }) => sum + pump.length, 0));
  const attack = pumps.map(({ prefix, pump }) => prefix + pump.repeat(times)).join('') + suffix;
  const ends = await workedThrough([text], { subject: attack }, hangsAfterMs).catch(() => 0);
  return ends === 1 ? [] : [`${where}: ${text} is vulnerable (${found.complexity.type}), e.g. by ${found.attack.pattern}`];
}

/** Goes over a line of 64 KiB made of each of the words of a pattern. A linear one takes a few milliseconds for it. */
const program = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ text, perPattern, characters, subject }) => {
  const end = text.lastIndexOf('/');
  const pattern = new RegExp(text.slice(1, end), text.slice(end + 1));
  if (subject !== undefined) {
    pattern.test(subject);
    return parentPort.postMessage(text);
  }
  const literals = pattern.source.replace(/\\\\\\\\[bBdDwWsSn.]|\\\\(\\\\?[:!=<]+/g, ' ').split(/[^A-Za-z0-9_:\\\\/. -]+/).map((word) => word.trim()).filter((word) => word.length > 1);
  const words = [...new Set([literals.join(' '), ...literals, ...literals.map((word) => word + ' '), ' ', '0', 'a', '\\\\t', '-', ':'])].filter(Boolean).slice(0, perPattern);
  for (const word of words) for (const last of ['', '\\\\n!']) {
    pattern.lastIndex = 0;
    pattern.test(word.repeat(Math.ceil(characters / word.length)).slice(0, characters) + last);
  }
  parentPort.postMessage(text);
});`;

/** Rejects with the pattern when it does not come to an end. */
function workedThrough(
  texts: readonly string[],
  over: { subject: string } | { perPattern: number; characters: number },
  hangsAfterMs = 60_000,
): Promise<number> {
  const worker = new Worker(program.replaceAll('\\\\', '\\'), { eval: true });
  let done = 0;
  return new Promise<number>((resolve, reject) => {
    let late: NodeJS.Timeout;
    const next = () => {
      clearTimeout(late);
      const text = texts[done];
      if (text === undefined) return resolve(done);
      late = setTimeout(() => reject(new Error(`${text} does not come to an end`)), hangsAfterMs);
      worker.postMessage({ text, ...over });
    };
    worker.on('message', () => {
      done += 1;
      next();
    });
    worker.on('error', reject);
    next();
  }).finally(() => worker.terminate());
}

it('goes over lines of 64 KiB', { timeout: generous }, async () => {
  const texts = [...patterns.keys()];
  expect(await workedThrough(texts, { perPattern: rounds({ test: 4, soak: 100 }), characters: 65_536 })).toBe(texts.length);
});

it('ends a pattern that hangs', { timeout: generous }, async () => {
  await expect(workedThrough(['/^(a+)+$/'], { perPattern: 10, characters: 65_536 }, 500)).rejects.toThrow('does not come to an end');
});
