/**
 * InfiniBand's driver on a cluster, by the compiled procedure, the built terminal command and Debian's ansible-core: nodes with different memories and
 * a head node on real sshds. Slurm, the driver, its image, the reboot and mpirun are simulated (fleet-cluster.test-kit.ts). Eight nodes in the soak; WRENCHBOOK_FLEET_NODES
 * for fewer.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { FleetState } from '../../../shared/api/fleet.ts';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { clusterBefore, clusterHead, clusterNode, clusterPlaces } from './fleet-cluster.test-kit.ts';
import { FleetHosts, whyNoFleetHosts } from './fleet-hosts.test-kit.ts';

const command = path.resolve('out/main/cli.cjs');
const why =
  whyNoFleetHosts ?? (existsSync(command) ? null : 'the terminal command is not built') ?? (inject('soak') ? null : 'eight nodes are played in the soak');
if (why) console.log(`InfiniBand on a cluster is not tried: ${why}.`);

const count = Number(process.env.WRENCHBOOK_FLEET_NODES ?? rounds({ test: 3, soak: 8 }));
const full = Math.min(5, count);
const nodes = Array.from({ length: count }, (_, at) => `web0${at + 1}`);
const head = `web0${count + 1}`;
/** Twice 60 GiB is 2^22 · 2^3 · 4 KiB at the most, twice the source's 128 GiB is 2^23. */
const memories = nodes.map((_, at) => (at % 3 === 0 ? { memory: 130_967, needs: 23 } : { memory: 61_440, needs: 22 }));

describe.skipIf(why)('in the soak: InfiniBand on a cluster', () => {
  let hosts: FleetHosts;
  let book = '';
  beforeAll(async () => {
    const each = memories.map(({ memory, needs }, at) => clusterNode(memory, needs, at + 1 === full ? 'full' : 'free'));
    hosts = await FleetHosts.start([...each, clusterHead(nodes)], { before: clusterBefore, places: clusterPlaces });
    book = path.join(hosts.folder, 'book');
  }, 600_000);
  afterAll(() => hosts?.stop());

  const run = (...args: string[]): Promise<{ status: number | null; out: string; err: string }> => {
    const child = spawn(process.execPath, [command, 'fleet', ...args], {
      env: { ...hosts.environment, WRENCHBOOK_DATA: path.join(hosts.folder, 'data'), WRENCHBOOK_DEBUG: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout?.on('data', (bytes) => (said.out += bytes));
    child.stderr?.on('data', (bytes) => (said.err += bytes));
    (child.stdio[3] as NodeJS.WritableStream).on('error', () => undefined).end('sesame\n');
    return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said })));
  };
  const fleet = async (...args: string[]) => {
    const { status, out, err } = await run(...args, '--yes', '--json', '--password-fd', '3');
    expect(out, err).not.toBe('');
    return { status, state: JSON.parse(out) as FleetState, err };
  };
  const withStatus = ({ hostRows }: FleetState, wanted: string) => hostRows.filter(({ status }) => status === wanted).map(({ name }) => name);
  const cells = ({ steps, hostRows, cells: all }: FleetState, host: string) =>
    Object.fromEntries(steps.map(({ id }, at) => [id, all[hostRows.findIndex(({ name }) => name === host)]?.[at]]));
  const says = ({ hostRows }: FleetState) => hostRows.map(({ name, status, says: why }) => `${name} ${status} ${why}`).join('\n');
  const slurm = () =>
    hosts
      .on(head, 'sort /srv/lab/slurm.state')
      .trim()
      .split('\n')
      .map((line) => line.split('=')[1]);
  const loaded = (name: string) => Number(hosts.on(name, 'cat /sys/module/mlx4_core/parameters/log_num_mtt'));
  const files = (name: string) =>
    hosts.on(
      name,
      'cd /; cat etc/modprobe.d/mlx4.conf 2>&1; cat boot/initrd.img-* opt/openmpi/etc/openmpi-mca-params.conf; ls var/lib/wrenchbook 2>&1 || true',
    );
  const jobs = () => hosts.on(head, 'cat /run/cluster/mpirun 2>/dev/null || true').trim().split('\n').filter(Boolean);

  it('is drained, set by each node’s memory, rebooted, used again and proved by one job; what failed stays drained; and all of it is undone', {
    timeout: 1_800_000,
  }, async () => {
    const before = nodes.map(files);
    const set = Object.entries({ initramfs: 'initramfs-tools', cluster: 'other', reboot: 'now', registerable: '32768', job: '/opt/openmpi/ring' });
    const made = await run(
      ...['compile', 'openmpi-infiniband', '--to', book, '--serial', '1,100%', '--max-fail', count < 8 ? '60' : '20'],
      ...set.flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    );
    expect(made.status, made.err).toBe(0);

    // A check: nothing is drained, and hosts of like memory are one group.
    const checked = await fleet('run', book, '--hosts', `node=web[01:0${count}]`, '--hosts', `head=${head}`, '--check');
    const { runId } = checked.state;
    expect(checked.status, `${says(checked.state)}\n${checked.err}`).toBe(0);
    const group = (needs: number) => nodes.filter((_, at) => memories[at]?.needs === needs);
    for (const needs of [22, 23]) {
      const { length } = group(needs);
      expect(checked.err).toContain(`${length} ${length === 1 ? 'host' : 'hosts'} would change so: ${group(needs).join(', ')}`);
      expect(checked.err).toContain(`+options mlx4_core log_num_mtt=${needs}`);
    }
    expect([slurm(), nodes.map(files), jobs()]).toEqual([nodes.map(() => 'IDLE'), before, []]);

    const first = await fleet('resume', runId);
    const broken = nodes[full - 1] ?? '';
    const well = nodes.filter((name) => name !== broken);
    expect([first.status, withStatus(first.state, 'failed'), withStatus(first.state, 'done')], `${says(first.state)}\n${first.err}`).toEqual([
      3,
      [broken],
      [...well, head],
    ]);
    expect(cells(first.state, broken)).toMatchObject({ drain: 'changed', options: 'changed', initramfs: 'failed', reboot: 'pending', resume: 'pending' });
    expect(cells(first.state, 'web01')).toMatchObject({ drain: 'changed', initramfs: 'changed', reboot: 'changed', after: 'ok', resume: 'changed' });
    expect(cells(first.state, head)).toMatchObject({ job: 'ok', drain: 'pending' });
    expect(first.state.hostRows.find(({ name }) => name === broken)?.says).toContain('The new image could not be made.');
    expect(nodes.map(loaded)).toEqual(memories.map(({ needs }, at) => (at + 1 === full ? 0 : needs)));
    expect(slurm()).toEqual(nodes.map((name) => (name === broken ? 'IDLE+DRAIN' : 'IDLE')));
    // The canary was through before anybody else began.
    const boots = hosts.on(head, 'cat /run/cluster/reboots').trim().split('\n');
    expect([boots[0], boots.toSorted()]).toEqual(['web01', well]);
    expect(jobs()).toEqual([expect.stringContaining(`-np ${count - 1} -host ${well.join(',')} --mca btl openib,self,sm`)]);

    // Put right, only that one is worked on; the job is over all of them.
    hosts.on(broken, "sed -i 's/boot=full/boot=free/' /srv/lab/node.state");
    const retried = await fleet('retry', runId);
    expect([retried.status, withStatus(retried.state, 'done')], `${says(retried.state)}\n${retried.err}`).toEqual([0, [...nodes, head]]);
    expect([slurm(), loaded(broken)]).toEqual([nodes.map(() => 'IDLE'), memories[full - 1]?.needs]);
    expect(hosts.on(head, 'wc -l </run/cluster/reboots').trim()).toBe(String(count));
    const [, last = '', ...more] = jobs();
    expect(more).toEqual([]);
    expect(/-host (\S+)/.exec(last)?.[1]?.split(',').toSorted()).toEqual(nodes);

    const undone = await fleet('undo', runId);
    expect([undone.status, withStatus(undone.state, 'undone')], `${says(undone.state)}\n${undone.err}`).toEqual([0, nodes]);
    expect([nodes.map(files), slurm()]).toEqual([before, nodes.map(() => 'IDLE')]);
    const record = JSON.parse((await run('show', runId, '--json')).out) as { record: { ok: boolean; findings: string[] } };
    expect(record.record).toMatchObject({ ok: true, findings: [] });
  });
});
