import { createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { siteCustody } from '../custody/site-custody.test-kit.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { fingerprintOf } from '../keys/public-key.ts';
import { keyFromFile } from '../keys/signing-key.ts';
import { noLedger } from '../ledger/ledger.ts';
import { verifyRun } from '../transcripts/verify.ts';
import { readTrailer, signedDigest, trailerLine } from './bundle-format.ts';
import { importBundle } from './bundle-import.ts';
import { verifyBundle } from './bundle-verify.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-bundle-'));
const bundle = path.join(folder, 'run.wbrun');
let rehearsal: Rehearsal;
let keys: KeyRing;
let runId = '';
let runFolder = '';

beforeAll(async () => {
  rehearsal = new Rehearsal();
  keys = new KeyRing(rehearsal.data);
  let state = await rehearsal.start('perc-h200-crossflash');
  while (state.current !== 'list-controllers') state = await rehearsal.take(state, offerOf(state, 'advance'));
  ({ runId } = state);
  await rehearsal.api.runs.leave({ runId });
  runFolder = path.join(rehearsal.data, 'runs', runId);
  await rehearsal.api.transcripts.export({ runId, format: 'bundle', out: bundle });
});
afterAll(async () => {
  await rehearsal.end();
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of the bundle with something done to its bytes. */
function tampered(change: (bytes: Buffer) => Buffer): string {
  const file = path.join(folder, 'tampered.wbrun');
  writeFileSync(file, change(Buffer.from(readFileSync(bundle))));
  return file;
}
const findings = async (file: string) => (await verifyBundle(file, { knows: keys.knows, expected: null })).findings.join('\n');
const replaceFirst = (bytes: Buffer, from: string, to: string) => {
  const at = bytes.indexOf(from);
  expect(at).toBeGreaterThan(0);
  expect(from).toHaveLength(to.length);
  bytes.write(to, at);
  return bytes;
};
/** As a forger would: the digest at the end written anew, the signature kept. */
const digestAnew = (bytes: Buffer, signature = readTrailer(bytes.subarray(-512))?.trailer.signature ?? '') => {
  const content = bytes.subarray(0, bytes.length - (readTrailer(bytes.subarray(-512))?.bytes ?? 0));
  return Buffer.concat([content, Buffer.from(trailerLine({ sha256: createHash('sha256').update(content).digest('hex'), signature }))]);
};

describe('a bundle', () => {
  test('is intact as it was written, and any tar opens it', async () => {
    expect(await verifyBundle(bundle, { knows: keys.knows, expected: null })).toMatchObject({
      ok: true,
      findings: [],
      manifest: { runId },
      signed: { fingerprint: keys.signing.fingerprint },
    });
    expect(readFileSync(bundle).subarray(257, 262).toString()).toBe('ustar');
  });

  test('shows a changed byte anywhere', async () => {
    const size = statSync(bundle).size;
    const places = [
      0,
      100,
      511,
      512,
      600,
      size - 1,
      size - 20,
      size - 300,
      ...Array.from({ length: 150 }, (_, index) => Math.floor((size * (index + 0.5)) / 150)),
    ];
    for (const at of places) {
      const file = tampered((bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        return bytes;
      });
      expect((await verifyBundle(file, { knows: keys.knows, expected: null })).ok, `byte ${at}`).toBe(false);
    }
  });

  test.each([
    ['an event that was changed', (bytes: Buffer) => replaceFirst(bytes, '"type":"session-opened"', '"type":"session-0pened"'), 'event 3'],
    ['the recording', (bytes: Buffer) => replaceFirst(bytes, '"m","Start the', '"m","St4rt the'), 'recording.cast was changed'],
    ['a file of the lab', (bytes: Buffer) => replaceFirst(bytes, 'chip=', 'chap='), 'lab/controller.state was changed'],
    ['its end', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.7)), 'signature at the end is missing'],
    ['its last line', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5), 'signature at the end is missing'],
    ['something behind it', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('more')]), 'signature at the end is missing'],
  ])('names %s', async (_what, change, wanted) => {
    expect(await findings(tampered(change))).toContain(wanted);
  });

  test('shows a change whose digest was written anew, and one that was signed with another key', async () => {
    const change = (bytes: Buffer) => replaceFirst(bytes, '"rehearsal": true', '"rehearsal":false');
    expect(await findings(tampered((bytes) => digestAnew(change(bytes))))).toContain('the signature does not fit');
    const forger = keyFromFile(mkdtempSync(path.join(folder, 'forger-')));
    const signedAnew = (bytes: Buffer) => {
      const content = bytes.subarray(0, bytes.length - (readTrailer(bytes.subarray(-512))?.bytes ?? 0));
      return digestAnew(bytes, forger.sign(signedDigest(createHash('sha256').update(content).digest('hex'))));
    };
    expect(await findings(tampered((bytes) => signedAnew(change(bytes))))).toContain('the signature does not fit');
    const named = (bytes: Buffer) => replaceFirst(bytes, keys.signing.publicKey, forger.publicKey);
    expect(await findings(tampered((bytes) => signedAnew(named(bytes))))).toContain(`wrong key: the bundle is signed with ${forger.fingerprint}`);
  });

  test('of another key is refused unless that key is named', async () => {
    const stranger = () => false;
    expect((await verifyBundle(bundle, { knows: stranger, expected: null })).findings).toEqual([
      `wrong key: the bundle is signed with ${keys.signing.fingerprint}, which is not known here`,
    ]);
    expect((await verifyBundle(bundle, { knows: stranger, expected: keys.signing.fingerprint })).ok).toBe(true);
    const other = fingerprintOf(Buffer.alloc(32).toString('base64'));
    expect((await verifyBundle(bundle, { knows: keys.knows, expected: other })).findings).toEqual([
      `wrong key: the bundle is signed with ${keys.signing.fingerprint}, expected ${other}`,
    ]);
  });

  test('is taken in on another workstation, where the run goes on to its end', async () => {
    const there = new Rehearsal();
    const refused = importBundle(bundle, { runsFolder: path.join(there.data, 'runs'), knows: () => false, expected: null, signing: keys.signing });
    await expect(refused).rejects.toMatchObject({ code: 'bad-parameters', next: expect.stringContaining(keys.signing.fingerprint) });
    expect(existsSync(path.join(there.data, 'runs', runId))).toBe(false);
    let state = await there.api.runs.import({ path: bundle, key: keys.signing.fingerprint });
    expect(state).toMatchObject({ runId, status: 'waiting', current: 'list-controllers' });
    expect(await there.api.transcripts.verify({ runId })).toMatchObject({ ok: true });
    await expect(there.api.runs.import({ path: bundle })).rejects.toMatchObject({ code: 'wrong-state' });
    state = await there.advanceWhileWell(state);
    expect(state.status).toBe('done');
    expect((await there.api.transcripts.get({ runId })).entries.map((entry) => entry.text).join('\n')).toContain('Imported from');
    await there.end();
  });
});

describe('the record of a run', () => {
  let ledger = noLedger();
  beforeAll(async () => {
    ledger = await siteCustody(rehearsal.data).ledger.read();
  });
  const verified = (of: string, knows = keys.knows) => verifyRun(of, runId, { keys: { knows, isOwn: knows }, ledger });
  /** Findings after something was done to a copy of the run's folder. */
  async function findingsAfter(change: (copy: string, lines: string[]) => void): Promise<string> {
    const copy = mkdtempSync(path.join(folder, 'copy-'));
    cpSync(runFolder, copy, { recursive: true });
    const journal = path.join(copy, 'journal.jsonl');
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
    change(copy, lines);
    writeFileSync(journal, lines.map((line) => `${line}\n`).join(''));
    return (await verified(copy)).findings.join('\n');
  }

  test('is intact and signed as it was left', async () => {
    expect(await findingsAfter(() => undefined)).toBe('');
    expect(await verified(runFolder)).toMatchObject({ ok: true, signed: { fingerprint: keys.signing.fingerprint } });
  });

  test.each([
    ['a removed event', (_copy: string, lines: string[]) => void lines.splice(4, 1), 'event 4 does not follow'],
    ['an added event', (_copy: string, lines: string[]) => void lines.splice(4, 0, lines[4] ?? ''), 'event 5 does not follow'],
    ['reordered events', (_copy: string, lines: string[]) => void lines.splice(4, 2, lines[5] ?? '', lines[4] ?? ''), 'event 4 does not follow'],
    ['a cut end', (_copy: string, lines: string[]) => void lines.splice(-2, 2), 'the end was cut off'],
    [
      'a changed last event',
      (_copy: string, lines: string[]) => void lines.splice(-1, 1, (lines.at(-1) ?? '').replace('closed', 'opened')),
      'is not the one the seal saw',
    ],
    ['a changed seal', (copy: string) => edit(path.join(copy, 'seal.json'), '"seq": ', '"seq": 1'), 'its signature does not fit'],
    [
      'a cut recording',
      (copy: string) => writeFileSync(path.join(copy, 'recording.cast'), readFileSync(path.join(copy, 'recording.cast')).subarray(0, 500)),
      'was cut',
    ],
    ['a missing recording', (copy: string) => rmSync(path.join(copy, 'recording.cast')), 'recording is missing'],
    ['a swapped recording', (copy: string) => edit(path.join(copy, 'recording.cast'), '"version":3', '"version":3, "swapped":true'), 'changed or swapped'],
  ])('shows %s', async (_what, change, wanted) => {
    expect(await findingsAfter(change)).toContain(wanted);
  });

  test('signed with a key that does not count here', async () => {
    expect((await verified(runFolder, () => false)).findings.join()).toContain('a key that is not known here');
  });
});

test('the key is a file that only its owner can read, the same for two that need it at once', () => {
  const data = mkdtempSync(path.join(folder, 'data-'));
  const first = keyFromFile(data);
  expect(keyFromFile(data).fingerprint).toBe(first.fingerprint);
  expect(statSync(path.join(data, 'keys', 'signing-key.pem')).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.join(data, 'keys'))).toEqual(['signing-key.pem']);
  mkdirSync(path.join(data, 'broken', 'keys'), { recursive: true });
  const fd = openSync(path.join(data, 'broken', 'keys', 'signing-key.pem'), 'w');
  writeSync(fd, 'no key');
  closeSync(fd);
  expect(() => keyFromFile(path.join(data, 'broken'))).toThrow(/can't be read/);
});

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}
