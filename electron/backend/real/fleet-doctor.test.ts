/** A check-up of several hosts by the built terminal command and Debian's ansible-core on real sshds: it changes nothing, and tells the hosts apart. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetFindings } from '../../../shared/api/fleet-doctor.ts';
import { FleetHosts, whyNoFleetHosts } from './fleet-hosts.test-kit.ts';

const command = path.resolve('out/main/cli.cjs');
const why = whyNoFleetHosts ?? (existsSync(command) ? null : 'the terminal command is not built');
if (why) console.log(`Hosts are not checked for real: ${why}.`);

const oldRule =
  'mkdir -p /etc/udev/rules.d; echo \'SUBSYSTEM=="net", ACTION=="add", RUN+="/sbin/ifup --allow=hotplug %k"\' >/etc/udev/rules.d/85-ifupdown.rules';

/** It is not installed here, and there is no journal: that they are there is enough for the check. */
const ifupdown = `mkdir -p /usr/lib/udev/rules.d /usr/local/bin; echo '# of today' >/usr/lib/udev/rules.d/80-ifupdown.rules
for name in ifup ifquery systemctl udevadm journalctl; do printf '#!/bin/sh\\necho "a line"\\n' >/usr/local/bin/$name; chmod 755 /usr/local/bin/$name; done`;

describe.skipIf(why)('a check-up of several hosts', () => {
  let hosts: FleetHosts;
  beforeAll(async () => {
    hosts = await FleetHosts.start([{ setUp: oldRule }, {}, { down: true }], { before: ifupdown });
  }, 600_000);
  afterAll(() => hosts?.stop());

  it('says what applies where, is unknown where nobody answered, and changes nothing', { timeout: 600_000 }, async () => {
    const data = path.join(hosts.folder, 'data');
    const written = () => ['web01', 'web02'].map((name) => hosts.on(name, `cd /run/roots/${name}; find . -type f ! -type c | sort | xargs cksum`));
    const before = written();
    const child = spawn(
      process.execPath,
      [command, 'fleet', 'doctor', '--hosts', 'web[01:03]', '--category', 'Network & VPN', '--deep', '--json', '--password-fd', '3'],
      {
        env: { ...hosts.environment, WRENCHBOOK_DATA: data },
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      },
    );
    const said = { out: '', err: '' };
    child.stdout?.on('data', (bytes) => (said.out += bytes));
    child.stderr?.on('data', (bytes) => (said.err += bytes));
    (child.stdio[3] as NodeJS.WritableStream).on('error', () => undefined).end('sesame\n');
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(said.out, said.err).not.toBe('');
    const { runId, hosts: rows, groups } = JSON.parse(said.out) as FleetFindings & { runId: string };
    const verdict = (name: string) => rows.find((host) => host.name === name)?.findings.find(({ topicId }) => topicId === 'ifupdown-udev-rule')?.verdict;
    expect([status, verdict('web01'), verdict('web02'), verdict('web03')], said.err).toEqual([4, 'affected', 'not-affected', 'unknown']);
    expect(groups.map((group) => group.hosts)).toEqual([['web01'], ['web02'], ['web03']]);
    expect(written()).toEqual(before);
    const folder = path.join(data, 'fleets', runId);
    const events = readdirSync(folder).filter((name) => name.startsWith('events-'));
    const stats = events.flatMap((name) => [...readFileSync(path.join(folder, name), 'utf8').matchAll(/"changed": (\d+)/g)].map(([, count]) => count));
    // Once, and the host that is down again at the end.
    expect([events.length, new Set(stats)]).toEqual([2, new Set(['0'])]);
  });
});
