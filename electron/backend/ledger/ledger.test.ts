import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleProgram } from '../faults/child-program.test-kit.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { Ledger } from './ledger.ts';
import { checkLedger } from './ledger-check.ts';
import { appendToLedger, ledgerDigest, ledgerFile, ledgerLinesOf } from './ledger-file.ts';

let data = '';
const logged: string[] = [];
let ledger: Ledger;
let keys: KeyRing;
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-ledger-'));
  logged.length = 0;
  keys = new KeyRing(data);
  ledger = new Ledger(data, keys, (line) => logged.push(line));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const runId = '20261101-100000-t-0001';
const sealed = (event: number, line = `line ${event}`) => ({ type: 'sealed' as const, runId, event, digest: ledgerDigest(line) });
const lines = () => readFileSync(ledgerFile(data), 'utf8').split('\n').slice(0, -1);
const rewrite = (change: (lines: string[]) => string[]) =>
  writeFileSync(
    ledgerFile(data),
    change(lines())
      .map((line) => `${line}\n`)
      .join(''),
  );

describe('the ledger', () => {
  it('is a chain of lines that a person can read', async () => {
    for (const event of [3, 7, 9]) ledger.append(sealed(event));
    expect(lines().map((line) => JSON.parse(line))).toMatchObject([
      { v: 1, seq: 0, prev: '0'.repeat(64), type: 'sealed', event: 3 },
      { seq: 1, prev: ledgerDigest(lines()[0] ?? '') },
      { seq: 2, prev: ledgerDigest(lines()[1] ?? '') },
    ]);
    expect(await ledger.read()).toMatchObject({ exists: true, events: 3, findings: [] });
  });

  it('that is missing is said, and begun by the next line', async () => {
    expect(await ledger.read()).toMatchObject({ exists: false, findings: [] });
    ledger.append(sealed(1));
    expect(await ledger.read()).toMatchObject({ exists: true, events: 1 });
  });

  it('has a torn last line cut off, with a note', async () => {
    ledger.append(sealed(1));
    appendFileSync(ledgerFile(data), '{"v":1,"seq":1,"at":');
    expect((await ledger.read()).findings).toEqual([expect.stringContaining("the ledger's last line has no end (20 bytes)")]);
    ledger.append(sealed(2));
    expect(lines().map((line) => JSON.parse(line).type)).toEqual(['sealed', 'note', 'sealed']);
    expect((await ledger.read()).findings).toEqual([]);
  });

  it.each([
    ['a changed line', (all: string[]) => all.map((line, at) => (at === 1 ? line.replace('"event":1', '"event":8') : line)), 'line 3'],
    ['a removed line', (all: string[]) => all.filter((_, at) => at !== 1), 'line 2'],
    ['moved lines', ([a = '', b = '', ...rest]: string[]) => [b, a, ...rest], 'line 1'],
    ['what is no line', (all: string[]) => all.map((line, at) => (at === 1 ? 'x' : line)), "line 2 of the ledger can't be read"],
  ])('names %s, and goes on', async (_, change, expected) => {
    for (let event = 0; event < 4; event++) ledger.append(sealed(event));
    rewrite(change);
    ledger.append(sealed(9));
    const { findings, runs } = await ledger.read();
    expect(findings[0]).toContain(expected);
    expect(runs.get(runId)?.reached.at(-1)).toMatchObject({ event: 9 });
  });

  it('goes on behind a last line that can not be read', async () => {
    ledger.append(sealed(0));
    appendFileSync(ledgerFile(data), 'x\n');
    ledger.append(sealed(1));
    expect(JSON.parse(lines()[2] ?? '')).toMatchObject({ seq: 2, prev: ledgerDigest('x') });
  });

  it('logs trouble where work must go on, and throws it where not', () => {
    const gone = new Ledger(path.join(ledgerFile(data), 'a', 'file'), keys, (line) => logged.push(line));
    writeFileSync(ledgerFile(data), '');
    gone.note(sealed(1));
    expect(logged).toHaveLength(1);
    expect(() => gone.append(sealed(1))).toThrow(expect.objectContaining({ code: 'storage' }));
  });

  it('tells of one run without reading the others', () => {
    ledger.append(sealed(1));
    appendToLedger(data, keys, { ...sealed(2), runId: '20261101-100000-t-0002' });
    expect(ledgerLinesOf(data, runId)).toMatchObject([{ event: 1 }]);
    expect(ledgerLinesOf(path.join(data, 'nowhere'), runId)).toEqual([]);
  });
});

describe('a run compared with the ledger', () => {
  const journal = ['line 0', 'line 1', 'line 2'];
  const check = async (lines: string[]) => checkLedger(await ledger.read(), runId, lines);

  it('is fine when the ledger saw what is there, and less', async () => {
    ledger.append(sealed(1));
    expect(await check(journal)).toMatchObject({ findings: [], says: 'The ledger has it up to event 1.' });
  });
  it('was cut off when the ledger saw more', async () => {
    ledger.append(sealed(1));
    ledger.append(sealed(4));
    expect((await check(journal)).findings).toEqual(['the end was cut off: the ledger saw event 4, the journal has 3 (0 to 2)']);
  });
  it('is another one when the line is not that one', async () => {
    ledger.append(sealed(2, 'another line'));
    expect((await check(journal)).findings).toEqual(['event 2 is not the one the ledger saw']);
  });
  it('may have come less far when it was taken in again since', async () => {
    ledger.append(sealed(9));
    ledger.append({ ...sealed(1), type: 'imported' });
    expect((await check(journal)).findings).toEqual([]);
  });
  it('says how much it is worth when it knows nothing', async () => {
    expect((await check(journal)).says).toContain('There is no ledger');
    appendToLedger(data, keys, { type: 'note', text: 'begun' });
    expect((await check(journal)).says).toContain('does not know this run');
  });
});

describe('several processes', () => {
  let program = '';
  beforeAll(async () => {
    program = await bundleProgram(path.resolve('electron/backend/ledger/ledger.test-program.ts'));
    return () => rmSync(path.dirname(program), { recursive: true });
  });

  it('append at once, some of which are killed: the chain holds and what was acknowledged is there', async () => {
    const told: string[] = [];
    const processes = Array.from({ length: 4 }, (_, number) => {
      const child = spawn(process.execPath, [program, data, String(number), '40'], { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout.on('data', (text) => told.push(...String(text).split('\n').filter(Boolean)));
      if (number < 2) child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), 30));
      return new Promise((resolve) => child.on('close', resolve));
    });
    await Promise.all(processes);
    ledger.append(sealed(1));
    const { findings, events } = await ledger.read();
    expect(findings).toEqual([]);
    expect(events).toBeGreaterThan(80);
    const there = new Set(lines().map((line) => JSON.parse(line).text));
    expect(told.filter((text) => !there.has(text))).toEqual([]);
    expect(existsSync(path.join(data, 'ledger.lock', 'lock'))).toBe(false);
  });
});
