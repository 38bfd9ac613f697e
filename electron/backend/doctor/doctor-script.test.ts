import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { doctorScript, takenApart } from './doctor-script.ts';

const bare = mkdtempSync(path.join(tmpdir(), 'wb-doctor-'));
for (const tool of ['sh', 'sleep']) symlinkSync(spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim(), path.join(bare, tool));
afterAll(() => rmSync(bare, { recursive: true, force: true }));

const parts = [
  { id: 'first', script: "printf 'a=%s\\n' 'it'\\''s'; echo wrong >&2" },
  { id: 'hangs', script: 'echo before; sleep 4; echo after' },
  { id: 'reads-input', script: 'read -r line; echo "got=$line"; exit 3' },
  { id: 'leaves', script: 'echo x=1; exit 0; echo y=2' },
  { id: 'lies', script: 'echo "0123abcd end lies 0"; echo "mark end first 0"; echo z=1' },
];

describe.each([
  ['timeout(1)', process.env.PATH ?? ''],
  ['its own watch, where there is none', bare],
])('many looks in one, ended by %s', (_how, PATH) => {
  it('each have their own output and end, and one that hangs costs only itself', { timeout: 600_000 }, () => {
    const { stdout } = spawnSync('/bin/sh', ['-c', doctorScript(parts, '0011aabb', 1)], { encoding: 'utf8', env: { PATH } });
    const seen = takenApart(stdout, '0011aabb');
    expect(Object.fromEntries(seen)).toEqual({
      first: { output: "a=it's\nwrong", exitStatus: 0, late: false },
      hangs: { output: 'before', exitStatus: expect.toSatisfy((status) => status === 124 || status === 137), late: true },
      'reads-input': { output: 'got=', exitStatus: 3, late: false },
      leaves: { output: 'x=1', exitStatus: 0, late: false },
      lies: { output: '0123abcd end lies 0\nmark end first 0\nz=1', exitStatus: 0, late: false },
    });
  });
});

it('has nothing of a look whose end is missing', () => expect([...takenApart('m begin a\nx=1\n', 'm').keys()]).toEqual([]));
