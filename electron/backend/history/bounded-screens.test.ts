import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseJournal } from '../runs/journal.ts';
import { boundedScreens } from './bounded-screens.ts';
import { castBytes, plannedStep, stepDone, writeRun } from './synthetic-run.test-kit.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-screens-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** One step for each list of outputs, in order. */
async function screens(...outputs: string[][]): Promise<Map<string, string>> {
  const plan = outputs.map((_, index) => plannedStep(`s${index}`, index + 1));
  const events = outputs.flatMap((_, index) => stepDone(`s${index}`, castBytes(outputs.slice(0, index + 1).flat())));
  const folder = writeRun(data, { runId: '20261101-100000-t-0001', plan, events, output: outputs.flat() });
  return boundedScreens(folder, parseJournal(readFileSync(path.join(folder, 'journal.jsonl'), 'utf8')).events);
}

describe('screens for the index', () => {
  it('belong to their steps, without colours', async () => {
    expect(await screens(['one\r\n', '\x1b[31mred\x1b[0m\r\n'], ['two'])).toEqual(
      new Map([
        ['s0', 'one\nred\n'],
        ['s1', 'two'],
      ]),
    );
  });

  it('have cursor movement resolved', async () => {
    expect((await screens(['loading 1%\rloading 99%\r\n\x1b[2Agone\x1b[1;1Hhere'])).get('s0')).toBe('hereing 99%');
  });

  it('keep the beginning and the end of a flood, and no more', async () => {
    const flood = ['first words\r\n', ...Array.from({ length: 3000 }, (_, line) => `line ${line} ${'x'.repeat(1000)}\r\n`), 'last words\r\n'];
    const text = (await screens(flood, ['after'])).get('s0') ?? '';
    expect(text).toContain('first words');
    expect(text).toContain('last words');
    expect(text.length).toBeLessThan(66_000);
  });

  it('take a line that is longer than what is read as far as it goes', async () => {
    const text = (await screens([`needle ${'"\\\u0001é'.repeat(400_000)}`])).get('s0') ?? '';
    expect(text).toContain('needle');
    expect(text.length).toBeLessThan(66_000);
  });
});
