/** Logs of this machine that are watched: each symptom once, through a rotation, in files with any name, until it is stopped. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchedLog } from '../../../shared/api/watch.ts';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { followScript } from '../symptoms/follow-log.ts';

const symptom = (domain: string) => `Nov 30 10:11:00 ns1 named[812]: client @0x7f2c 10.0.0.21#50123: update '${domain}/IN' denied\n`;
const revoked = 'Nov 30 10:12:00 mon icinga2[1700]: warning/ApiListener: Certificate validation failed for endpoint: code 23: certificate revoked\n';
const noise = 'Nov 30 07:01:44 web1 sshd[3312]: Accepted publickey for greta from 10.1.4.20 port 51514 ssh2\n';
const target = { kind: 'local' } as const;

let runs: Rehearsal;
let folder = '';
beforeAll(() => {
  runs = new Rehearsal();
  folder = mkdtempSync(path.join(tmpdir(), 'wb-watch-'));
});
afterAll(async () => {
  await runs.end();
  rmSync(folder, { recursive: true, force: true });
});
const stateOf = async (watchId: string) => (await runs.api.watches.list({})).watches.find((each) => each.watchId === watchId);
const start = (file: string) => runs.api.watches.start({ target, log: { kind: 'file', file } });
const becomes = (watchId: string, status: string) => expect.poll(async () => (await stateOf(watchId))?.status, { timeout: 60_000 }).toBe(status);
const followers = (file: string) =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.startsWith('tail') && line.endsWith(file));

describe('a log that is watched', () => {
  it('says each symptom once with what fills the form, goes on through a rotation, and ends when it is stopped', { timeout: 600_000 }, async () => {
    const file = path.join(folder, `it's $(kill $PPID) "a" \`log\``);
    writeFileSync(file, symptom('old.example.com'));
    const { watchId } = await start(file);
    await becomes(watchId, 'watching');
    await expect.poll(() => followers(file)).toHaveLength(1);
    appendFileSync(file, noise + symptom('corp.example.com'));
    await expect.poll(async () => (await stateOf(watchId))?.seen.length, { timeout: 60_000 }).toBe(1);
    renameSync(file, `${file}.1`);
    writeFileSync(file, symptom('lab.example.com') + noise);
    appendFileSync(file, revoked);
    await expect.poll(async () => (await stateOf(watchId))?.seen.length, { timeout: 60_000 }).toBe(2);
    const [seen, ...others] = (await stateOf(watchId))?.seen.filter(({ topicId }) => topicId === 'bind-ad-dns') ?? [];
    expect([seen?.captured, seen?.line, others]).toEqual([{ domain: 'corp.example.com' }, symptom('corp.example.com').trim(), []]);
    expect((await start(file)).watchId, 'the same log again').not.toBe(watchId);
    const again = (await runs.api.watches.list({})).watches;
    expect(again).toHaveLength(1);
    const second = again[0]?.watchId ?? '';
    await becomes(second, 'watching');
    await runs.api.watches.stop({ watchId: second });
    await becomes(second, 'stopped');
    await expect.poll(() => followers(file), { timeout: 60_000 }).toEqual([]);
    await runs.api.watches.forget({ watchId: second });
    expect((await runs.api.watches.list({})).watches).toEqual([]);
  });

  it.each([
    ['a file that is not there', 'missing', 'There is no file'],
    ['a folder', 'folder', 'is a folder'],
  ])('of %s ends with why', { timeout: 600_000 }, async (_what, name, said) => {
    const file = path.join(folder, name);
    if (name === 'folder') mkdirSync(file);
    const { watchId } = await start(file);
    await becomes(watchId, 'ended');
    expect((await stateOf(watchId))?.trouble).toEqual({ cause: expect.stringContaining(said), next: expect.stringMatching(/\S/) });
    await runs.api.watches.forget({ watchId });
  });

  it.each([
    { kind: 'file', file: 'relative.log' },
    { kind: 'file', file: '/var/log/a\nb' },
    { kind: 'file', file: '' },
    { kind: 'unit', unit: '--output=cat' },
    { kind: 'unit', unit: 'a b' },
    { kind: 'unit', unit: '$(x)' },
  ])('can’t be %j', (log) => expect(watchedLog.safeParse(log).success).toBe(false));
});

it('of a unit that there is none of says so, and without the tool that one is missing', () => {
  const bin = mkdtempSync(path.join(tmpdir(), 'wb-bin-'));
  const run = () => {
    try {
      return execFileSync('/bin/sh', ['-c', followScript({ kind: 'unit', unit: 'no.such' }, 'mark')], { encoding: 'utf8', env: { PATH: bin } });
    } catch (thrown) {
      return (thrown as { stdout: string }).stdout;
    }
  };
  expect(run()).toContain('mark no-tool');
  for (const [name, text] of [
    ['journalctl', 'echo "followed $*"'],
    ['systemctl', 'exit 1'],
  ] as const)
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  expect(run()).toContain('mark no-unit');
  writeFileSync(path.join(bin, 'systemctl'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  expect(run()).toMatch(/mark begins\nfollowed --follow --lines=0 --output=short-iso --unit=no\.such/);
  rmSync(bin, { recursive: true, force: true });
});
