import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SymptomSearch } from './symptom-search.ts';

let folder = '';
let log: string[] = [];
let search: SymptomSearch;
const thread = (script: string): string => {
  const file = path.join(folder, 'worker.cjs');
  writeFileSync(file, `const { parentPort } = require('node:worker_threads');\n${script}`);
  return file;
};
/** Hangs on one text, as a pattern might, and answers every other. */
const hangsOnce = `parentPort.on('message', (text) => { if (text === 'hang') for (;;); parentPort.postMessage([{ topicId: 'found', because: text }]); });`;
const line = 'mptsas2: Fault state';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-symptoms-'));
  log = [];
});
afterEach(async () => {
  await search.close();
  rmSync(folder, { recursive: true, force: true });
});
const open = (symptomWorker?: string, limitMs?: number) =>
  new SymptomSearch({ symptomWorker, ...(limitMs !== undefined && { limitMs }), log: (said) => log.push(said) });

describe('the search for symptoms', () => {
  it('ends one that never does, and goes on with the next', async () => {
    search = open(thread(hangsOnce), 500);
    const hung = search.find('hang');
    const next = search.find('another');
    await expect(hung).rejects.toMatchObject({ code: 'cancelled', next: expect.stringContaining('few lines') });
    expect(await next).toEqual([{ topicId: 'found', because: 'another' }]);
  });

  it('leaves its own thread free meanwhile', async () => {
    search = open(thread(hangsOnce), 500);
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    await search.find('hang').catch(() => undefined);
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(1);
  });

  it.each(["throw new Error('broken')", "parentPort.on('message', () => { throw new Error('broken') })"])(
    'goes on here when its thread fails: %s',
    async (script) => {
      search = open(thread(script));
      expect(await search.find(line)).toEqual(await open().find(line));
      expect(log.join()).toContain("the symptoms' thread failed");
    },
  );

  it('ends what is running when it is closed', async () => {
    search = open(thread(hangsOnce));
    const hung = search.find('hang');
    await new Promise((resolve) => setImmediate(resolve));
    await search.close();
    await expect(hung).rejects.toMatchObject({ code: 'cancelled' });
  });
});
