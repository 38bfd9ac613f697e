/** VERIFY.md is followed to the letter: its commands, in an empty folder, with nothing but the tools it names and those of every Unix. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';

const named = ['tar', 'sha256sum', 'jq', 'ssh-keygen'];
const ofEveryUnix = ['sh', 'cat', 'cut', 'grep', 'sed', 'tr', 'wc'];
const found = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
const missing = [...named, ...ofEveryUnix].filter((name) => found(name) === '');
if (missing.length > 0) console.log(`VERIFY.md is not followed: this machine has no ${missing.join(', ')}.`);

const folder = mkdtempSync(path.join(tmpdir(), 'wb-verify-page-'));
let bundle = '';
let unpacked = '';
let blocks: string[] = [];
let count = 0;

const follow = (commands: readonly string[], where: string) =>
  spawnSync(path.join(folder, 'bin', 'sh'), ['-e'], {
    cwd: where,
    input: commands.join('\n'),
    encoding: 'utf8',
    env: { PATH: path.join(folder, 'bin'), HOME: where, LC_ALL: 'C' },
  });

describe.skipIf(missing.length > 0)('VERIFY.md', () => {
  beforeAll(async () => {
    mkdirSync(path.join(folder, 'bin'));
    for (const name of [...named, ...ofEveryUnix]) symlinkSync(found(name), path.join(folder, 'bin', name));
    const rehearsal = new Rehearsal();
    let state = await rehearsal.start('perc-h200-crossflash');
    state = await rehearsal.advanceWhileWell(state);
    const { runId } = state;
    // Not left yet: exporting seals what is there.
    bundle = path.join(folder, `${runId}.wbrun`);
    await rehearsal.api.transcripts.export({ runId, format: 'bundle', out: bundle });
    await rehearsal.end();
    unpacked = path.join(folder, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xf', bundle, '-C', unpacked]);
    const page = readFileSync(path.join(unpacked, 'VERIFY.md'), 'utf8');
    blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says that all is well, command by command', () => {
    expect(blocks).toHaveLength(6);
    const where = path.join(folder, 'auditor');
    mkdirSync(where);
    cpSync(bundle, path.join(where, path.basename(bundle)));
    for (const block of blocks) expect(follow([block], where), block).toMatchObject({ status: 0 });
    const { stdout } = follow([blocks[2] ?? ''], where);
    expect(stdout).toMatch(/^Good "wrenchbook-seal" signature for wrenchbook with ED25519 key SHA256:/);
    expect(follow([blocks[5] ?? ''], where).stdout).toMatch(/run-created[\s\S]*step-started[\s\S]*run-ended/);
  });

  it.each(['journal.jsonl', 'recording.cast', 'seal.json', 'files.sha256', 'files.sha256.sig', 'seal.json.sig', 'allowed_signers'])(
    'says that one flipped bit in %s is not',
    (name) => {
      for (const share of [0.1, 0.5, 0.9]) {
        const where = path.join(folder, `flipped-${count++}`);
        cpSync(unpacked, where, { recursive: true });
        const file = path.join(where, name);
        const bytes = readFileSync(file);
        const at = Math.floor(bytes.length * share);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(file, bytes);
        expect(follow(blocks.slice(1), where).status, `${name}, byte ${at}`).not.toBe(0);
      }
    },
  );

  it('says by the seal alone that journal and recording are not those', () => {
    for (const name of ['journal.jsonl', 'recording.cast']) {
      const where = path.join(folder, `sealed-${count++}`);
      cpSync(unpacked, where, { recursive: true });
      expect(follow([blocks[3] ?? ''], where).status).toBe(0);
      const bytes = readFileSync(path.join(where, name));
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      writeFileSync(path.join(where, name), bytes);
      expect(follow([blocks[3] ?? ''], where).status).not.toBe(0);
    }
  });

  it('says that a record signed with another key is not the one of whoever was asked', () => {
    const where = path.join(folder, 'stranger');
    cpSync(unpacked, where, { recursive: true });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(where, 'other')]);
    writeFileSync(path.join(where, 'allowed_signers'), `wrenchbook ${readFileSync(path.join(where, 'other.pub'), 'utf8')}`);
    for (const block of blocks.slice(1, 4)) expect(follow([block], where).status, block).not.toBe(0);
  });
});
