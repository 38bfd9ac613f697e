/** The built command `wrenchbook transcripts export`: its formats, its progress line and Ctrl-C. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportFormat } from '../../shared/api/transcript.ts';
import { offerOf, Rehearsal } from '../backend/conformance/rehearsal.test-kit.ts';
import { sealAnew } from '../backend/custody/seal-anew.test-kit.ts';
import { PtyProcess } from '../backend/sessions/pty-process.ts';
import { progressLine } from './export-command.ts';

const command = path.resolve('scripts/wrenchbook.mjs');
let rehearsal: Rehearsal;
let runId = '';
let folder = '';
const environment = () => ({ ...(process.env as Record<string, string>), WRENCHBOOK_DATA: rehearsal.data });
const wrenchbook = (...args: string[]) => spawnSync(process.execPath, [command, ...args], { env: environment(), encoding: 'utf8', input: '' });

/** The command at a terminal of its own. */
function atTerminal(...args: string[]) {
  const pty = new PtyProcess({ program: process.execPath, args: [command, ...args], folder: process.cwd(), environment: environment(), cols: 160, rows: 40 });
  let shown = '';
  const listeners = new Set<() => void>();
  pty.onData((bytes) => {
    shown += bytes.toString();
    for (const listener of listeners) listener();
  });
  const ended = new Promise<number>((resolve) => pty.onExit(({ status }) => resolve(status)));
  const sees = (text: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => text.test(shown) && resolve();
      listeners.add(look);
      look();
    });
  return { pty, ended, sees, shown: () => shown };
}

beforeAll(async () => {
  rehearsal = new Rehearsal();
  const run = await rehearsal.start('perc-h200-crossflash');
  ({ runId } = await rehearsal.take(run, offerOf(run, 'advance')));
  await rehearsal.api.runs.leave({ runId });
});
afterAll(() => rehearsal.end());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-cli-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('wrenchbook transcripts export', () => {
  it.each(exportFormat.options)('writes %s where it is told, and says where and how much', (format) => {
    const out = path.join(folder, `transcript.${format}`);
    const { status, stdout, stderr } = wrenchbook('transcripts', 'export', runId, '--format', format, '--out', out);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^\/.*: \d+ bytes\n$/);
    expect(stderr).toContain(out);
    expect(readFileSync(format === 'sudo' ? path.join(out, 'log.json') : out, 'utf8').length).toBeGreaterThan(100);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('replaces names with --for-outside', () => {
    const { status, stderr } = wrenchbook('transcripts', 'export', runId, '--format', 'json', '--out', path.join(folder, 'x.json'), '--for-outside');
    expect([status, stderr]).toEqual([0, expect.stringContaining('x.json')]);
    const text = readFileSync(path.join(folder, 'x.json'), 'utf8');
    expect(text).toMatch(/by (?:user-1|root)@host-1 /);
    expect(text).not.toContain(`@${hostname()}`);
  });

  it.each([
    ['an occupied folder for sudo', 'sudo', 'taken', 2, /taken is there already/],
    ['a folder for a file', 'md', 'taken', 2, /not an ordinary file/],
    ['a missing folder', 'txt', 'gone/x', 1, /gone\/x: ENOENT.*The folder does not exist/s],
  ])('refuses %s by name', (_, format, out, expected, message) => {
    mkdirSync(path.join(folder, 'taken'));
    writeFileSync(path.join(folder, 'taken', 'mine'), '');
    const { status, stderr } = wrenchbook('transcripts', 'export', runId, '--format', format, '--out', path.join(folder, out));
    expect(stderr).toMatch(message);
    expect(status).toBe(expected);
  });

  it('shows progress at a terminal, and takes it away for the result', async () => {
    const out = path.join(folder, 'x.html');
    const { ended, shown } = atTerminal('transcripts', 'export', runId, '--format', 'html', '--out', out);
    expect(await ended).toBe(0);
    const [progress = '', result] = shown().split('\x1b[K').slice(-2);
    expect(progress).toMatch(/^Exporting: 100% .*\r$/);
    expect(result).toMatch(/x\.html: \d+ bytes\r\n$/);
  });

  it('is cancelled by Ctrl-C, and leaves nothing', async () => {
    const recording = path.join(rehearsal.data, 'runs', runId, 'recording.cast');
    const before = readFileSync(recording);
    // Text of this length takes the emulator seconds.
    writeFileSync(recording, `${JSON.stringify([0, 'o', 'a line of text\r\n'.repeat(10_000)])}\n`.repeat(400), { flag: 'a' });
    await sealAnew(rehearsal.data, runId);
    const { pty, ended, sees, shown } = atTerminal('transcripts', 'export', runId, '--format', 'txt', '--out', path.join(folder, 'x.txt'));
    await sees(/Exporting: [1-9]/);
    pty.write('\x03');
    expect(await ended).toBe(5);
    expect(shown()).toMatch(/The export was cancelled\. Nothing was written/);
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(recording, before);
    await sealAnew(rehearsal.data, runId);
  });
});

describe('progressLine', () => {
  it.each([
    [0, 0, /: 100% \(0\.0 of 0\.0 MB/],
    [0, 2_000_000, /: 0% \(0\.0 of 2\.0 MB/],
    [1_999_999, 2_000_000, /: 99% /],
    [2_000_000, 2_000_000, /: 100% \(2\.0 of 2\.0 MB/],
  ])('of %i of %i bytes', (done, total, line) => {
    expect(progressLine({ done, total })).toMatch(line);
  });
});
