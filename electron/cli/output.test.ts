/** What reaches the admin's own terminal, and what becomes of output that can't be written. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

const command = path.resolve('scripts/wrenchbook.mjs');
const environment = { ...process.env, WRENCHBOOK_DATA: path.resolve('.cache/no-data') };

describe('the one way to the terminal', () => {
  it('is the only one: no other file of the terminal command writes to a stream', () => {
    const sources = [
      'electron/cli.ts',
      ...readdirSync('electron/cli')
        .filter((name) => /(?<!\.test(-kit|-program)?)\.ts$/.test(name))
        .map((name) => `electron/cli/${name}`),
    ];
    const writing = sources.filter((file) =>
      /\b(stdout|stderr)\s*\.\s*write\b|\bwriteSync\b|\bconsole\.(log|error|warn|info|debug)\(/.test(readFileSync(file, 'utf8')),
    );
    expect(writing).toEqual(['electron/cli/output.ts']);
    // The live terminal of a run is the exception.
    const live = sources.filter((file) => /stream\.write/.test(readFileSync(file, 'utf8')));
    expect(live).toEqual(['electron/cli/terminal-keys.ts']);
  });

  it('lets no control character of an argument through, on either stream', () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [command, 'transcripts', 'verify', './\u001b[2J\u009b1mno\u202e.wbrun'], {
      env: environment,
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('\\u001b[2J');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(stdout + stderr).not.toMatch(/[\u001b\u009b\u202e]/);
  });

  it.runIf(process.platform !== 'win32')('ends quietly, with its own status, when nobody reads on', async () => {
    for (const args of [['topics'], ['topics', '--json'], ['--help']]) {
      const child = spawn(process.execPath, [command, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
      // Closed before a byte is there.
      child.stdout.destroy();
      const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
      expect({ args, said, status }).toEqual({ args, said: '', status: 0 });
    }
    const gone = spawn(process.execPath, [command, 'check', 'no-such-topic'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    gone.stderr.destroy();
    gone.stdout.destroy();
    expect((await once(gone, 'exit'))[0]).toBe(2);
  });

  it.runIf(process.platform === 'linux')('says that there is no room where its output goes', () => {
    const { status, stderr } = spawnSync(process.execPath, [command, 'topics'], {
      env: environment,
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/^Standard output could not be written: no space is left where it goes to\. /);
    expect(stderr).not.toContain('mistake');
    expect(status).toBe(1);
  });

  it.runIf(process.platform === 'linux')('goes on where nobody can be told', () => {
    const { status, stdout } = spawnSync(process.execPath, [command, 'transcripts', 'list', '--json'], {
      env: environment,
      stdio: ['ignore', 'pipe', openSync('/dev/full', 'w')],
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '[]\n' });
    const told = spawnSync(process.execPath, [command, 'check', 'no-such-topic'], { env: environment, stdio: ['ignore', 'pipe', openSync('/dev/full', 'w')] });
    expect(told.status).toBe(2);
  });

  it('refuses days that no calendar has', () => {
    for (const day of ['9999-99-99', '2026-02-30', '2026-13-01', '2026-11-23T25:00:00Z']) {
      const { status, stderr } = spawnSync(process.execPath, [command, 'transcripts', 'list', '--from', day], { env: environment, encoding: 'utf8' });
      expect({ day, status, stderr }).toEqual({ day, status: 2, stderr: expect.stringContaining('There is no such day or moment.') });
    }
    expect(execFileSync(process.execPath, [command, 'transcripts', 'list', '--from', '2024-02-29', '--json'], { env: environment, encoding: 'utf8' })).toBe(
      '[]\n',
    );
  });
});
