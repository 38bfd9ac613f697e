/** The sudo folder, played and listed by sudo's own sudoreplay where this machine has it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { sealAnew } from '../custody/seal-anew.test-kit.ts';
import { unpackedPackages } from '../real/unpacked-packages.test-kit.ts';
import { timingLine } from './sudo-export.ts';

const sudoreplay = findSudoreplay();
if ('why' in sudoreplay) console.log(`The sudo folder is not played with sudoreplay: ${sudoreplay.why}.`);

/** Of this machine, or that of Debian's package, with what it needs to run. */
function findSudoreplay(): { program: string; env: NodeJS.ProcessEnv } | { why: string } {
  if (spawnSync('which', ['sudoreplay']).status === 0) return { program: 'sudoreplay', env: {} };
  try {
    const files = unpackedPackages('sudo', ['sudo']);
    return { program: path.join(files, 'usr/bin/sudoreplay'), env: { LD_LIBRARY_PATH: path.join(files, 'usr/libexec/sudo') } };
  } catch (thrown) {
    return { why: (thrown as Error).message };
  }
}
function replay(args: readonly string[], env: NodeJS.ProcessEnv) {
  if ('why' in sudoreplay) throw new Error(sudoreplay.why);
  return spawnSync(sudoreplay.program, args, { encoding: 'utf8', env: { ...process.env, ...sudoreplay.env, ...env } });
}

/** What a recording may hold: escapes, characters of several bytes, sizes, a marker whose time goes to the next event. */
const shown = ['\x1b[31mred\x1b[0m\r\n', '界 😀 é\r\n', 'after the resize\r\n'];
const cast = [
  { version: 3, term: { cols: 91, rows: 27, type: 'xterm-256color' }, timestamp: 1_700_000_000, title: 't' },
  [0, 'm', 'a step'],
  [0.25, 'o', shown[0]],
  [0.000001, 'o', shown[1]],
  [0.5, 'm', 'next'],
  [0.25, 'r', '100x30'],
  [0, 'o', ''],
  [1.5, 'o', shown[2]],
].map((line) => `${JSON.stringify(line)}\n`);

let rehearsal: Rehearsal;
let runId = '';
let parent = '';
let out = '';
beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'wb-sudo-'));
  out = path.join(parent, 'session');
  rehearsal = new Rehearsal();
  const run = await rehearsal.start('perc-h200-crossflash');
  ({ runId } = await rehearsal.take(run, offerOf(run, 'advance')));
  await rehearsal.api.runs.leave({ runId });
  writeFileSync(path.join(rehearsal.data, 'runs', runId, 'recording.cast'), cast.join(''));
  await sealAnew(rehearsal.data, runId, { unmarked: true });
  const { path: folder, bytes } = await rehearsal.api.transcripts.export({ runId, format: 'sudo', out });
  expect(folder).toBe(out);
  expect(bytes).toBe(readdirSync(out).reduce((sum, name) => sum + statSync(path.join(out, name)).size, 0));
});
afterAll(async () => {
  await rehearsal.end();
  rmSync(parent, { recursive: true, force: true });
});
const file = (name: string) => readFileSync(path.join(out, name), 'utf8');

describe('the sudo folder', () => {
  it('has the bytes, their times, the sizes and who it was', () => {
    expect(readdirSync(out).sort()).toEqual(['log', 'log.json', 'timing', 'ttyout']);
    expect(file('ttyout')).toBe(shown.join(''));
    expect(file('timing')).toBe(
      `4 0.250000000 ${Buffer.byteLength(shown[0] ?? '')}\n4 0.000001000 ${Buffer.byteLength(shown[1] ?? '')}\n5 0.750000000 30 100\n4 1.500000000 18\n`,
    );
    expect(JSON.parse(file('log.json'))).toMatchObject({
      timestamp: { seconds: 1_700_000_000 },
      columns: 91,
      lines: 27,
      command: expect.stringMatching(/sh$/),
    });
    const [head, folder, command] = file('log').split('\n');
    expect(head).toMatch(/^1700000000:[^:]+:[^:]+::unknown:27:91$/);
    expect([folder, command]).toEqual(['/', expect.stringContaining(runId)]);
  });

  it('is complete: nobody may write to the timing file', () => {
    expect(statSync(path.join(out, 'timing')).mode & 0o222).toBe(0);
  });

  it('is not written over anything', async () => {
    const occupied = path.join(parent, 'occupied');
    mkdirSync(occupied);
    writeFileSync(path.join(occupied, 'mine'), 'mine');
    for (const taken of [occupied, path.join(occupied, 'mine')])
      await expect(rehearsal.api.transcripts.export({ runId, format: 'sudo', out: taken })).rejects.toMatchObject({
        code: 'bad-parameters',
        message: expect.stringContaining(taken),
      });
    expect(readdirSync(occupied)).toEqual(['mine']);
    rmSync(path.join(occupied, 'mine'));
    await rehearsal.api.transcripts.export({ runId, format: 'sudo', out: occupied });
    expect(existsSync(path.join(occupied, 'timing'))).toBe(true);
  });

  it.skipIf('why' in sudoreplay)('is played by sudoreplay, byte for byte', () => {
    // As large as the recording, or it warns.
    const { stdout, stderr } = replay(['-n', '-m', '0.01', '-d', parent, 'session'], { LINES: '60', COLUMNS: '200' });
    expect(stderr).toBe('');
    const [before, after, ...more] = stdout.split(shown.join(''));
    expect(before).toMatch(/^Replaying sudo session: \/\S*sh # [^\n]*$/);
    expect(after?.trim()).toBe('');
    expect(more).toEqual([]);
  });

  it.skipIf('why' in sudoreplay)('is listed by sudoreplay with user, command and time', () => {
    const { stdout, stderr } = replay(['-d', parent, '-l'], { TZ: 'UTC' });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/Nov 14 22:13:20 2023 : \S+ : .*TSID=session ; COMMAND=\S*sh/);
  });
});

describe('timingLine', () => {
  it.each([
    ['o', 'é', 1_500, '4 1.500000000 2\n'],
    ['o', '', 1_500, null],
    ['r', '80x24', 0.001, '5 0.000001000 24 80\n'],
    ['r', 'wide', 1, null],
    ['m', 'a step', 1, null],
  ] as const)('writes %s %j after %d ms as %j', (code, data, ms, line) => {
    expect(timingLine({ ms, code, data }, 0)).toBe(line);
  });
  it('rounds to nanoseconds without a second of a thousand milliseconds', () => {
    expect(timingLine({ ms: 1_999.9999999, code: 'o', data: 'x' }, 0)).toBe('4 2.000000000 1\n');
  });
});
