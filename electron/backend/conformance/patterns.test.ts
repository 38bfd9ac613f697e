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
/** Patterns that were checked before, one a line. Any other is checked when it is met; `npm run soak` checks all, and renews the list. */
const listFile = path.join(import.meta.dirname, 'checked-patterns.txt');
const patterns = allPatterns();
const generous = 3_600_000;

it('finds the patterns of topics, matchers, prompts, troubles and dialects', () => {
  expect(patterns.size).toBeGreaterThan(600);
  for (const text of ['/CRITICAL[_ ]PROCESS[_ ]DIED/i', '/^Enter passphrase for key .+: $/', '/Too many authentication failures/'])
    expect([...patterns.keys()]).toContain(text);
});

it('has linear patterns only', { timeout: generous }, () => {
  const checked = readFileSync(listFile, 'utf8').split('\n');
  const known = new Set(inject('soak') ? [] : checked);
  const findings = [...patterns].flatMap(([text, where]) => (known.has(text) ? [] : findingOf(text, where)));
  expect(findings).toEqual([]);
  if (inject('soak')) writeFileSync(listFile, `${[...patterns.keys()].sort().join('\n')}\n`);
});

it('knows a pattern that is not', () => {
  expect(findingOf('/windows.*(not|no longer).*(boot|start).*update/i', 'here').join()).toMatch(/^here: .* is vulnerable \(polynomial\)/);
});

function findingOf(text: string, where: string): string[] {
  const end = text.lastIndexOf('/');
  const found = checkSync(text.slice(1, end), text.slice(end + 1), { timeout: 300_000 });
  if (found.status === 'safe') return [];
  return [`${where}: ${text} is ${found.status} (${found.status === 'vulnerable' ? found.complexity.type : found.error.kind})`];
}

/** Goes over a line of 64 KiB made of each of the words of a pattern. A linear one takes a few milliseconds for it. */
const program = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ text, perPattern, characters }) => {
  const end = text.lastIndexOf('/');
  const pattern = new RegExp(text.slice(1, end), text.slice(end + 1));
  const literals = pattern.source.replace(/\\\\\\\\[bBdDwWsSn.]|\\\\(\\\\?[:!=<]+/g, ' ').split(/[^A-Za-z0-9_:\\\\/. -]+/).map((word) => word.trim()).filter((word) => word.length > 1);
  const words = [...new Set([literals.join(' '), ...literals, ...literals.map((word) => word + ' '), ' ', '0', 'a', '\\\\t', '-', ':'])].filter(Boolean).slice(0, perPattern);
  for (const word of words) for (const last of ['', '\\\\n!']) {
    pattern.lastIndex = 0;
    pattern.test(word.repeat(Math.ceil(characters / word.length)).slice(0, characters) + last);
  }
  parentPort.postMessage(text);
});`;

/** Rejects with the pattern when it does not come to an end. */
function workedThrough(texts: readonly string[], perPattern: number, characters: number, hangsAfterMs = 60_000): Promise<number> {
  const worker = new Worker(program.replaceAll('\\\\', '\\'), { eval: true });
  let done = 0;
  return new Promise<number>((resolve, reject) => {
    let late: NodeJS.Timeout;
    const next = () => {
      clearTimeout(late);
      const text = texts[done];
      if (text === undefined) return resolve(done);
      late = setTimeout(() => reject(new Error(`${text} does not come to an end`)), hangsAfterMs);
      worker.postMessage({ text, perPattern, characters });
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
  expect(await workedThrough(texts, rounds({ test: 4, soak: 100 }), 65_536)).toBe(texts.length);
});

it('ends a pattern that hangs', { timeout: generous }, async () => {
  await expect(workedThrough(['/^(a+)+$/'], 10, 65_536, 500)).rejects.toThrow('does not come to an end');
});
