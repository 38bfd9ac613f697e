/**
 * A backup that systemd runs reads a file of this machine's disk: how much of it is in the page cache then, without and with a limit. The
 * machine has control groups of version 1 for memory, as this kernel gives its memory controller to those.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots } from './scratch-machine.test-kit.ts';

const packages = ['nocache', 'python3-minimal'];
const groups = ['/sys/fs/cgroup/memory', '/sys/fs/cgroup/systemd'];
const why = existsSync('/sys/fs/cgroup/memory/memory.limit_in_bytes')
  ? whyNoMachineThatBoots(packages)
  : 'this machine has no control groups of version 1 for memory';
if (why) console.log(`What a backup leaves in the page cache is not tried: ${why}.`);

const group = `wb-cache-${process.pid}`;
const setUp = (folder: string) => `${passwordlessSudo}
for kind in memory none,name=systemd; do
  mkdir /srv/kind
  mount -t cgroup -o $kind cgroup /srv/kind
  mkdir /srv/kind/${group}
  echo $$ >/srv/kind/${group}/cgroup.procs
  umount /srv/kind
  rmdir /srv/kind
done
printf '[Service]\\nType=oneshot\\nExecStart=/bin/sh -c "tar -C ${folder} -cf - ./disk.img | cat >/dev/null"\\n' >/etc/systemd/system/backup.service
`;
const powerOn = `umount /sys/fs/cgroup
mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup
mkdir /sys/fs/cgroup/unified /sys/fs/cgroup/memory /sys/fs/cgroup/systemd
mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified
mount -t cgroup -o memory memory /sys/fs/cgroup/memory
mount -t cgroup -o none,name=systemd systemd /sys/fs/cgroup/systemd
mount -o remount,ro /sys/fs/cgroup`;

describe.skipIf(why)('a backup on a server with systemd', () => {
  const folder = mkdtempSync('/var/tmp/wb-cache-');
  const sample = path.join(folder, 'disk.img');
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    writeFileSync(sample, Buffer.alloc(256 * 1_048_576, 'of a disk '));
    machine = await ScratchMachine.start(setUp(folder), [], { packages, boot: { units: [], powerOn } });
    machine.know();
  }, 600_000);
  afterAll(async () => {
    await machine?.stop();
    rmSync(folder, { recursive: true, force: true });
    for (const kind of groups) {
      const own = execFileSync('find', [`${kind}/${group}`, '-depth', '-type', 'd'], { encoding: 'utf8' });
      for (const name of own.split('\n').filter(Boolean)) rmdirSync(name);
    }
  });
  beforeEach(() => {
    topic = new RealTopic(machine, 'page-cache-backup', { sample, mib: '64', property: 'MemoryLimit' });
  });
  afterEach(() => topic.end());

  /** MiB of the file in the page cache after a backup that began with none of it there. */
  const cachedByBackup = () => {
    execFileSync('sh', ['-c', 'sync "$0"; dd if="$0" iflag=nocache count=0', sample], { stdio: 'pipe' });
    machine.asRoot('systemctl start backup.service');
    return Number(execFileSync('fincore', ['-n', '-b', '-o', 'RES', sample], { encoding: 'utf8' })) / 1_048_576;
  };

  it('fills the page cache, keeps within its limit after the run, and fills it again once that was undone', { timeout: 600_000 }, async () => {
    expect(cachedByBackup()).toBeGreaterThan(240);
    expect(await topic.look()).toMatchObject({ verdict: 'affected', proposes: [] });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    const facts = Object.fromEntries(done.facts.map(({ id, value }) => [id, value]));
    expect(Number(facts['plain-peak'])).toBeGreaterThan(240);
    expect(Number(facts['direct-peak'])).toBe(0);
    expect(Number(facts['dontneed-peak'])).toBeLessThan(64);
    expect(Number(facts['nocache-peak'])).toBeGreaterThan(128);
    expect(Number(facts['limited-peak'])).toBeLessThanOrEqual(64);
    expect(facts.noreuse).toMatch(/^(?:helps|does not help|not measured)/);
    expect(cachedByBackup()).toBeLessThanOrEqual(64);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(cachedByBackup()).toBeGreaterThan(240);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('fills it still when the unit was not limited', { timeout: 600_000 }, async () => {
    const state = await topic.run({ without: ['compare', 'limit'] });
    expect(state.status, troublesOf(state)).toBe('done');
    expect(cachedByBackup()).toBeGreaterThan(240);
  });

  it('is not limited with the setting of another version: the check proposes the right one, and the run stops before the change', {
    timeout: 600_000,
  }, async () => {
    const other = new RealTopic(machine, 'page-cache-backup', { sample, mib: '64' });
    try {
      expect((await other.look()).proposes).toEqual([expect.objectContaining({ field: 'property', value: 'MemoryLimit' })]);
      const state = await other.run();
      expect([state.current, state.steps[0]?.verdicts.map(({ rule }) => rule)]).toEqual(['look', expect.arrayContaining(['no-controller'])]);
    } finally {
      await other.end();
    }
  });
});
