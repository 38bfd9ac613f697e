/** A compiled procedure on 25 hosts with sshd, each with an interface and private folders of its own, by the built command and Debian's ansible-core. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { outlivingPids } from '../fleet/run/outliving.ts';
import { cellsOf, FleetCommand, whyNoFleetCommand, withStatus } from './fleet-command.test-kit.ts';
import { FleetHosts, whyNoFleetHosts } from './fleet-hosts.test-kit.ts';
import { whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';
import { whyNoNetworks } from './two-networks.test-kit.ts';

const packages = ['awstats'];
const why = inject('soak')
  ? (whyNoFleetHosts ?? whyNoFleetCommand ?? whyNoNetworks ?? whyNoMachineWithPackages(packages))
  : 'it takes many minutes of a processor, so it is in "npm run soak -- fleet-compiled"';
if (why) console.log(`A compiled procedure is not run on many hosts: ${why}.`);

const count = Number(process.env.WRENCHBOOK_FLEET_HOSTS ?? rounds({ test: 8, soak: 25 }));
const config = 'www.example.org';
const visits = ['30/Mar/2024:00', '31/Mar/2024:09', '01/Apr/2024:23']
  .map((at) => `192.0.2.7 - - [${at}:10:00 +0000] "GET /index.html HTTP/1.1" 200 1234 "-" "Mozilla/5.0"\n`)
  .join('');
const statistics = `mkdir -p /var/lib/awstats /srv/log /etc/cron.d /etc/logrotate.d/httpd-prerotate
chown www-data /var/lib/awstats
printf '%s\\n' 'LogFile="/srv/log/access.log"' LogType=W LogFormat=1 'SiteDomain="${config}"' 'HostAliases="localhost"' 'DirData="/var/lib/awstats"' 'DirIcons="/awstats-icon"' DNSLookup=0 >/etc/awstats/awstats.${config}.conf
rm -f /etc/awstats/awstats.conf
printf '%s' '${visits}' >/srv/log/access.log
chmod 644 /srv/log/access.log
su -s /bin/sh www-data -c '/usr/lib/cgi-bin/awstats.pl -config=${config} -update >/dev/null'
`;

describe.skipIf(why)(`in the soak: a compiled procedure on ${count} hosts`, () => {
  const named = (numbers: readonly number[]) => numbers.map((number) => `web${String(number).padStart(2, '0')}`);
  /** sshd is not started, the cable is cut, the host key is not known. */
  const [dead = '', cut = '', stranger = ''] = named(count >= 25 ? [3, 11, 19] : [3, 4, 5]);
  /** A folder is where the second edit's file should be; the log can't be read by the step that comes after the edits. */
  const [folder = '', unread = ''] = named(count >= 25 ? [7, 16] : [6, 7]);
  const [slow = ''] = named([count]);
  const away = [dead, cut, stranger].sort();
  const odd = [folder, unread].sort();
  const all = `web[01:${String(count).padStart(2, '0')}]`;
  let hosts: FleetHosts;
  let book = '';
  let before: Record<string, string> = {};
  /** Without the folder in which Ansible brings its files: it makes it when it comes first, and leaves it. */
  const rootOf = (name: string) =>
    hosts
      .rootOf(name)
      .split('\n')
      .filter((line) => !line.startsWith('/home/wren/.ansible'))
      .join('\n');
  const roots = (names = hosts.names) => Object.fromEntries(names.map((name) => [name, rootOf(name)]));
  const except = (...names: string[][]) => hosts.names.filter((name) => !names.flat().includes(name));

  beforeAll(async () => {
    hosts = await FleetHosts.start(
      Array.from({ length: count }, (_, at) => ({ setUp: statistics, ...(at + 1 === count && { slow: 0.7 }) })),
      { network: true, packages, places: ['/usr/local'] },
    );
    book = path.join(hosts.folder, 'book');
    const answers = ['compile', 'awstats-database-break', '--to', book, '--set', `config=${config}`, '--serial', '1,100%', '--max-fail', '50'];
    const made = await new FleetCommand(hosts, 'compiled').say(...answers);
    expect(made.status, made.err).toBe(0);
    before = roots();
  }, 1_800_000);
  afterAll(() => hosts?.stop());

  it('is run, changes nothing the second time, and is undone: all hosts are as they were', async () => {
    const command = new FleetCommand(hosts, 'clean');
    const first = await command.work('run', book, '--hosts', all);
    expect([first.status, first.state.status, withStatus(first.state, 'done')], first.err).toEqual([0, 'done', hosts.names]);
    for (const name of hosts.names) expect(cellsOf(first.state, name), name).not.toContain('unknown');
    const changed = roots();
    for (const name of hosts.names) expect(changed[name], name).not.toBe(before[name]);
    expect(changed[slow]).toContain('/usr/local/sbin/awstats-breaks 0o100755 0:0');
    expect(sameBut(changed, hosts.names, slow)).toEqual([]);

    const second = await command.work('run', book, '--hosts', all);
    expect([second.status, withStatus(second.state, 'done')], second.err).toEqual([0, hosts.names]);
    expect(second.state.cells.flat().filter((cell) => cell === 'changed')).toEqual([]);
    expect(roots()).toEqual(changed);

    const undone = await command.work('undo', first.state.runId);
    expect([undone.status, withStatus(undone.state, 'undone')], undone.err).toEqual([0, hosts.names]);
    expect(roots()).toEqual(before);
    for (const { runId } of [first.state, second.state]) expect((await command.show(runId)).record).toMatchObject({ ok: true, findings: [] });
  });

  it('with hosts out of reach, failing half-way and slow: killed in the middle, resumed, retried, and undone where it was changed', async () => {
    const command = new FleetCommand(hosts, 'odd');
    hosts.down(dead);
    hosts.cable(cut, 'down');
    hosts.forget(stranger);
    hosts.on(folder, 'mkdir /etc/cron.d/awstats-breaks');
    hosts.on(unread, 'chmod 600 /srv/log/access.log; chown root /srv/log/access.log');
    const begun = roots();

    const { child, done } = command.beginWork('run', book, '--hosts', all);
    // The canary is through, and some of the others are in the middle of the steps that change something.
    const inTheMiddle = () => {
      const { play, tasks } = command.underWay();
      return play === 2 && tasks.some((name) => name.startsWith('prerotate: Write'));
    };
    await expect.poll(inTheMiddle, { timeout: 900_000, interval: 200 }).toBe(true);
    child.kill('SIGKILL');
    await done;
    const [listed] = await command.runs();
    const runId = listed?.runId ?? '';
    const killed = await command.show(runId);
    await expect.poll(() => outlivingPids(runId, null), { timeout: 120_000 }).toEqual([]);
    expect([killed.status, withStatus(killed, 'done'), killed.record.ok]).toEqual(['interrupted', [hosts.names[0]], true]);
    expect(withStatus(killed, 'unreachable')).toEqual(away);
    const seen = except(away, [hosts.names[0] ?? '']);
    // Nobody saw the end of the batch: what they were doing is unknown, and what comes after it has not run.
    expect(seen.filter((name) => name !== folder && killed.hostRows.find((each) => each.name === name)?.status !== 'unknown')).toEqual([]);
    const at = killed.steps.findIndex(({ id }) => id === 'prerotate');
    expect(seen.filter((name) => /^(?:ok|changed)$/.test(cellsOf(killed, name)[at] ?? ''))).toEqual([]);
    expect(
      seen.filter((name) =>
        cellsOf(killed, name)
          .slice(at + 1)
          .some((cell) => cell !== 'pending'),
      ),
    ).toEqual([]);
    expect(roots(away)).toEqual(Object.fromEntries(away.map((name) => [name, begun[name]])));

    const resumed = await command.work('resume', runId);
    expect([resumed.status, withStatus(resumed.state, 'done')], resumed.err).toEqual([3, except(away, odd)]);
    expect([withStatus(resumed.state, 'unreachable'), withStatus(resumed.state, 'failed')]).toEqual([away, odd]);
    const changed = roots();
    const [usual = ''] = except(away, odd).slice(1);
    expect(sameBut(changed, except(away, odd), usual)).toEqual([]);
    expect(away.filter((name) => changed[name] !== begun[name])).toEqual([]);
    expect(odd.filter((name) => changed[name] === begun[name])).toEqual([]);

    hosts.up(dead);
    hosts.cable(cut, 'up');
    hosts.know(stranger);
    hosts.on(unread, 'chown root:root /srv/log/access.log; chmod 644 /srv/log/access.log');
    const retried = await command.work('retry', runId);
    expect([retried.status, withStatus(retried.state, 'failed'), withStatus(retried.state, 'done')], retried.err).toEqual([3, [folder], except([folder])]);
    expect(sameBut(roots(), except([folder]), usual)).toEqual([]);
    expect(retried.state.attempts.map(({ kind, hosts: limited }) => [kind, limited])).toEqual([
      ['apply', count],
      ['resume', count - 1],
      // Those out of reach, once more by itself.
      ['retry', 3],
      ['retry', 5],
    ]);

    const undone = await command.work('undo', runId);
    expect([undone.status, withStatus(undone.state, 'undone')], undone.err).toEqual([0, hosts.names]);
    hosts.on(folder, 'rmdir /etc/cron.d/awstats-breaks');
    expect(roots()).toEqual(before);
    expect((await command.show(runId)).record).toMatchObject({ ok: true, findings: [] });
  });
});

/** Hosts whose root is not as the usual one's. AWStats writes the time into what it makes, and the role keeps what AWStats said. */
const sameBut = (found: Readonly<Record<string, string>>, names: readonly string[], usual: string) => {
  const timeless = (name: string) => found[name]?.replaceAll(/^(\/var\/lib\/(?:awstats|wrenchbook)\/.*) [0-9a-f]{64}$/gm, '$1');
  return names.filter((name) => timeless(name) !== timeless(usual));
};
