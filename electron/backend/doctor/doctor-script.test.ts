import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { doctorScript, takenApart } from './doctor-script.ts';

const bare = mkdtempSync(path.join(tmpdir(), 'wb-doctor-'));
for (const tool of ['sh', 'sleep', 'cat', 'sed', 'head'])
  symlinkSync(spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim(), path.join(bare, tool));
afterAll(() => rmSync(bare, { recursive: true, force: true }));

const parts = [
  { id: 'first', script: "printf 'a=%s\\n' 'it'\\''s'; echo wrong >&2" },
  { id: 'hangs', script: 'echo before; sleep 4; echo after' },
  { id: 'hangs-too', script: 'sleep 4' },
  { id: 'reads-input', script: 'read -r line; echo "got=$line"; exit 3' },
  { id: 'leaves', script: 'echo x=1; exit 0; echo y=2' },
  { id: 'lies', script: 'echo "0123abcd end lies 0"; echo "mark end first 0"; echo z=1' },
  { id: 'floods', script: 'while :; do echo 0123456789012345678901234567890123456789; done' },
  // It keeps the pipe open for longer than the whole may take.
  { id: 'leaves-one-running', script: 'sleep 600 & echo "pid=$!"' },
];

describe.each([
  ['timeout(1)', process.env.PATH ?? ''],
  ['its own watch, where there is none', bare],
])('many looks in one, ended by %s', (_how, PATH) => {
  it('each have their own output and end, and one that hangs, floods or leaves something behind costs only itself', { timeout: 600_000 }, () => {
    const { stdout, signal } = spawnSync('/bin/sh', ['-c', `${doctorScript(parts, '0011aabb', 1)}\n`], {
      encoding: 'utf8',
      env: { PATH },
      timeout: 120_000,
      maxBuffer: 1e8,
    });
    expect(signal, 'it came to its end').toBeNull();
    const seen = Object.fromEntries(takenApart(stdout, '0011aabb'));
    expect(Object.keys(seen).sort()).toEqual(parts.map(({ id }) => id).sort());
    expect(seen).toMatchObject({
      first: { output: "a=it's\nwrong", exitStatus: 0, ended: 'itself' },
      hangs: { output: 'before', exitStatus: expect.toSatisfy((status) => status === 124 || status === 137), ended: 'late' },
      'hangs-too': { ended: 'late' },
      'reads-input': { output: 'got=', exitStatus: 3, ended: 'itself' },
      leaves: { output: 'x=1', exitStatus: 0, ended: 'itself' },
      lies: { output: '0123abcd end lies 0\nmark end first 0\nz=1', exitStatus: 0, ended: 'itself' },
      floods: { ended: 'cut' },
      'leaves-one-running': { output: expect.stringMatching(/^pid=\d+$/), exitStatus: 0, ended: 'itself' },
    });
    process.kill(Number(seen['leaves-one-running']?.output.slice('pid='.length)));
    expect(seen.floods?.output.length).toBeLessThan(40_000);
  });
});

it('has nothing of a look whose end is missing', () => expect([...takenApart('m begin a\nx=1\n', 'm').keys()]).toEqual([]));
it('is a script also where nothing can be looked at', () => expect(spawnSync('/bin/sh', ['-c', doctorScript([], 'm', 1)]).status).toBe(0));
