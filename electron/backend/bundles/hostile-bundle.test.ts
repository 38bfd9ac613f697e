/** Bundles that somebody made by hand, some with a key that counts: what is not a run, lies about its sizes, or is swapped while it is read. */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { keyFromFile, type SigningKey } from '../keys/signing-key.ts';
import { type BundledFile, manifestName, signedDigest, trailerLine } from './bundle-format.ts';
import { type ImportOptions, importBundle } from './bundle-import.ts';
import { verifyBundle } from './bundle-verify.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-hostile-bundle-'));
let maker: SigningKey;
/** Of a run that was begun. */
let lines: string[] = [];
let runId = '';
let count = 0;

beforeAll(async () => {
  const rehearsal = new Rehearsal(path.join(folder, 'model'));
  const state = await rehearsal.start('perc-h200-crossflash');
  ({ runId } = await rehearsal.take(state, offerOf(state, 'advance')));
  await rehearsal.api.runs.leave({ runId });
  await rehearsal.stop();
  maker = new KeyRing(rehearsal.data).signing;
  lines = readFileSync(path.join(rehearsal.data, 'runs', runId, 'journal.jsonl'), 'utf8')
    .split('\n')
    .slice(0, 2);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Entry {
  name: string;
  text: string;
  mode?: number;
}
const journal = (): Entry => ({ name: 'journal.jsonl', text: lines.map((line) => `${line}\n`).join('') });

function manifestOf(entries: readonly Entry[]): string {
  const files = entries.map(
    ({ name, text, mode = 0o600 }): BundledFile => ({
      path: name,
      kind: 'file',
      size: text.length,
      mode,
      sha256: createHash('sha256').update(text).digest('hex'),
      target: '',
    }),
  );
  const about = { format: 'wbrun', version: 1, runId, topicId: 'perc-h200-crossflash', topicTitle: 'x', rehearsal: true, exportedAt: new Date().toISOString() };
  return JSON.stringify({ ...about, by: { wrenchbook: 'x', host: 'x', user: 'x' }, publicKey: maker.publicKey, files });
}
async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, text, mode = 0o600 } of entries) tar.entry({ name, mode }, text);
  tar.finalize();
  return buffer(tar as AsyncIterable<Buffer>);
}
async function bundleOf(entries: readonly Entry[]): Promise<string> {
  const content = await tarOf([{ name: manifestName, text: manifestOf(entries) }, ...entries]);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = path.join(folder, `bundle-${count++}.wbrun`);
  writeFileSync(file, Buffer.concat([content, Buffer.from(trailerLine({ sha256, signature: maker.sign(signedDigest(sha256)) }))]));
  return file;
}
function workstation(more: Partial<ImportOptions> = {}) {
  const data = path.join(folder, `data-${count++}`);
  const runsFolder = path.join(data, 'runs');
  const options: ImportOptions = { runsFolder, knows: () => true, expected: null, signing: keyFromFile(data), ...more };
  return { options, runs: () => (existsSync(runsFolder) ? readdirSync(runsFolder) : []), run: path.join(runsFolder, runId) };
}

describe('a bundle', () => {
  it.each([
    ['without a file', () => []],
    ['without a journal', () => [{ name: 'recording.cast', text: '{}\n' }]],
    ['with an empty journal', () => [{ name: 'journal.jsonl', text: '' }]],
  ])('%s is no run, whoever signed it, and leaves nothing behind', async (_what, entries) => {
    const file = await bundleOf(entries());
    const { ok, findings } = await verifyBundle(file, { knows: () => true, expected: null });
    expect([ok, findings.join()]).toEqual([false, expect.stringMatching(/it holds no run|does not begin with the creation of a run/)]);
    const there = workstation();
    await expect(importBundle(file, there.options)).rejects.toMatchObject({ code: 'bad-parameters' });
    expect(there.runs()).toEqual([]);
  });

  it('brings no special rights', async () => {
    const file = await bundleOf([journal(), { name: 'tool', text: '#!/bin/sh\n', mode: 0o6755 }, { name: 'notes', text: 'x', mode: 0o1666 }]);
    const there = workstation();
    await importBundle(file, there.options);
    const mode = (name: string) => (statSync(path.join(there.run, name)).mode & 0o7777 & ~process.umask()).toString(8);
    expect([mode('tool'), mode('notes')]).toEqual([(0o755 & ~process.umask()).toString(8), (0o644 & ~process.umask()).toString(8)]);
  });

  it('that is another one by the time it is unpacked: what was checked is taken in', async () => {
    const good = await bundleOf([journal(), { name: 'notes', text: 'good' }]);
    const evil = await bundleOf([journal(), { name: 'notes', text: 'evil' }]);
    const file = path.join(folder, 'swapped.wbrun');
    for (const swap of [() => renameSync(evil, file), () => copyFileSync(`${evil}.copy`, file)]) {
      copyFileSync(good, file);
      if (existsSync(evil)) copyFileSync(evil, `${evil}.copy`);
      const knows = () => {
        swap(); // its list was read just now
        return true;
      };
      const there = workstation({ knows });
      const taken = await importBundle(file, there.options).then(
        () => readFileSync(path.join(there.run, 'notes'), 'utf8'),
        () => 'refused',
      );
      expect(['good', 'refused']).toContain(taken);
      expect(there.runs().filter((name) => name.startsWith('.'))).toEqual([]);
    }
  });

  it('names who signed it before anything of it is put down', async () => {
    const there = workstation({ knows: () => false });
    await expect(importBundle(await bundleOf([journal()]), there.options)).rejects.toMatchObject({ next: expect.stringContaining(maker.fingerprint) });
    expect(there.runs()).toEqual([]);
  });
});

describe('memory', () => {
  const limit = 200 * 1024 * 1024;
  /** A file whose content is a hole. */
  async function sparse(head: Buffer, bytes: number): Promise<string> {
    const file = path.join(folder, `sparse-${count++}.wbrun`);
    const fd = openSync(file, 'w');
    writeSync(fd, head);
    truncateSync(file, head.length + bytes);
    return file;
  }
  /** A tar header of its own for what no library would write. */
  function header(name: string, size: number, kind = '0'): Buffer {
    const block = Buffer.alloc(512);
    block.write(name, 0);
    block.write('0000600\0', 100);
    block.write(`${size.toString(8).padStart(11, '0')} `, 124);
    block.write('        ', 148);
    block.write(kind, 156);
    block.write('ustar\x0000', 257);
    block.write(
      `${block
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    return block;
  }
  const list = async () => (await tarOf([{ name: manifestName, text: manifestOf([journal()]) }])).subarray(0, -1024);

  it.each([
    ['a journal of 3 GiB', 'journal.jsonl', 3 * 1024 ** 3, '0', 'journal.jsonl has 3221225472 bytes, and a journal at most 268435456'],
    ['a journal without a line break', 'journal.jsonl', 250 * 1024 ** 2, '0', "event 0 can't be read"],
    ['an extended header of 2 GiB', 'x', 2 * 1024 ** 3, 'x', 'an extended header has 2147483648 bytes'],
    ['a long name of 2 GiB', 'x', 2 * 1024 ** 3, 'L', 'an extended header has 2147483648 bytes'],
  ])('stays flat for %s', async (_what, name, size, kind, expected) => {
    const file = await sparse(Buffer.concat([await list(), header(name, size, kind)]), size + 1024);
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
    const { ok, findings } = await verifyBundle(file, { knows: () => true, expected: null });
    clearInterval(watch);
    rmSync(file);
    expect([ok, findings.join('\n')]).toEqual([false, expect.stringContaining(expected)]);
    expect(most - before).toBeLessThan(limit);
  });

  it('is refused for a line that is longer than any event', async () => {
    const file = await sparse(Buffer.concat([await list(), header('journal.jsonl', 200 * 1024 ** 2), Buffer.from('{"v":1,"x":"')]), 200 * 1024 ** 2);
    expect((await verifyBundle(file, { knows: () => true, expected: null })).findings.join()).toContain('a line of more than 67108864 bytes');
    rmSync(file);
  });
});
