/** Compiled procedures, played by Debian's ansible-core against machines with sshd: the same end as a run in the app, nothing on the second run, and the way back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { compiled } from '../fleet/compile/compiled.test-kit.ts';
import { writeCompiled } from '../fleet/compile/compiled-folder.ts';
import { bundleRules } from '../fleet/rules/rules-bundle.ts';
import { findTopic } from '../topics/topic-registry.ts';
import { ansible, inventoryOf, playAsJob, whyNoAnsible } from './ansible.test-kit.ts';
import { topic } from './fleet-topic.test-kit.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['awstats'];
const why = whyNoAnsible ?? whyNoMachineWithPackages(packages);
if (why) console.log(`No playbook is played: ${why}.`);

const config = 'www.example.org';
const visits = ['30/Mar/2024:00', '31/Mar/2024:09', '01/Apr/2024:23']
  .map((at) => `192.0.2.7 - - [${at}:10:00 +0000] "GET /index.html HTTP/1.1" 200 1234 "-" "Mozilla/5.0"\n`)
  .join('');
const setUp = `${passwordlessSudo}
mkdir -p /var/www /var/lib/awstats /srv/log /etc/cron.d /etc/logrotate.d/httpd-prerotate
chown www-data /var/lib/awstats
printf '%s\\n' 'LogFile="/srv/log/access.log"' LogType=W LogFormat=1 'SiteDomain="${config}"' 'HostAliases="localhost"' 'DirData="/var/lib/awstats"' 'DirIcons="/awstats-icon"' DNSLookup=0 >/etc/awstats/awstats.${config}.conf
rm -f /etc/awstats/awstats.conf
printf '%s' '${visits}' >/srv/log/access.log
chmod 644 /srv/log/access.log
su -s /bin/sh www-data -c '/usr/lib/cgi-bin/awstats.pl -config=${config} -update >/dev/null'
printf '# {{ 1 + 1 }} {%% raw %%} {# kept #}\\n' >/etc/cron.d/awstats-breaks
`;
/** What the procedure changes, with owner, mode and content; its data without the times that are in it. */
const traces = (machine: ScratchMachine) =>
  machine.asRoot(
    `cd / && for file in etc/cron.d/awstats-breaks usr/local/sbin/* etc/logrotate.d/httpd-prerotate/*; do [ ! -f "$file" ] || { stat -c '%n %a %U:%G' "$file"; cat "$file"; }; done; ls /var/lib/awstats; stat -c '%U %n' /var/lib/awstats/*`,
  );

describe.skipIf(why)('a procedure on a fleet', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wb-fleet-'));
  const book = path.join(folder, 'book');
  const machines: Record<string, ScratchMachine> = {};
  let inventory = '';
  beforeAll(async () => {
    const started = await Promise.all(['one', 'two', 'alone'].map(async (name) => [name, await ScratchMachine.start(setUp, [], { packages })] as const));
    for (const [name, machine] of started) {
      machine.know();
      machines[name] = machine;
    }
    const awstats = findTopic('awstats-database-break');
    const values = awstats.parameters.parse({ config }) as Record<string, unknown>;
    const made = compiled(awstats, { values, rules: await bundleRules(awstats.id), rollout: { serial: [1, '100%'], maxFailPercentage: 0, stopAt: null } });
    if ('obstacles' in made) throw new Error(JSON.stringify(made.obstacles));
    writeCompiled(book, made.files);
    const { one, two } = machines as { one: ScratchMachine; two: ScratchMachine };
    inventory = inventoryOf(path.join(folder, 'inventory'), { one, two });
  }, 600_000);
  afterAll(async () => {
    await Promise.all(Object.values(machines).map((machine) => machine.stop()));
    rmSync(folder, { recursive: true, force: true });
  });
  const machine = (name: string) => machines[name] as ScratchMachine;
  const play = (...words: string[]) => ansible('ansible-playbook', book, ['-i', inventory, ...words]);

  it('ends as a run in the app ends, changes nothing the second time, and is undone on all hosts', { timeout: 600_000 }, async () => {
    const before = traces(machine('one'));
    const dry = await play('site.yml', '--check', '--diff', '--limit', 'one');
    expect([dry.status, traces(machine('one'))], dry.said).toEqual([0, before]);
    expect(dry.said).toContain('--- before: /etc/cron.d/awstats-breaks');

    const first = await play('site.yml');
    expect(first.status, first.said).toBe(0);
    const app = new RealTopic(machine('alone'), 'awstats-database-break', { config });
    const single = await app.run();
    expect(single.says, troublesOf(single)).toBe('Done and verified.');
    await app.end();
    expect([traces(machine('one')), traces(machine('two'))]).toEqual([traces(machine('alone')), traces(machine('alone'))]);
    expect(traces(machine('one')), 'what a host has is no template').toContain('# {{ 1 + 1 }} {% raw %} {# kept #}');

    const second = await play('site.yml');
    expect([second.status, second.hosts.one?.changed, second.hosts.two?.changed], second.said).toEqual([0, 0, 0]);
    expect(second.said).toContain('already-fixed');

    machine('two').asRoot('echo "# by hand" >>/etc/cron.d/awstats-breaks');
    const undone = await play('undo.yml');
    expect(undone.hosts, undone.said).toMatchObject({ one: { failed: 0 }, two: { failed: 1 } });
    expect(traces(machine('one'))).toBe(before);
    expect(undone.said).toContain('has been changed since it was written');
    expect(machine('two').asRoot('tail -n 1 /etc/cron.d/awstats-breaks')).toBe('# by hand\n');
    if (!inject('soak')) return;
    machine('two').asRoot("sed -i '/by hand/d' /etc/cron.d/awstats-breaks");
    const rest = await play('undo.yml');
    expect([rest.status, traces(machine('two')), rest.hosts.one?.changed], rest.said).toEqual([0, before, 0]);
  });

  // Each play takes some ten seconds of a processor: these two are the soak's.
  const inSoak = inject('soak') ? it : () => undefined;
  inSoak('stops at a canary that fails, and says what it means; unknown is a failure', { timeout: 600_000 }, async () => {
    const before = traces(machine('two'));
    machine('one').asRoot('chmod 600 /srv/log/access.log; chown root /srv/log/access.log');
    const stopped = await play('site.yml');
    expect([stopped.status, stopped.hosts.two], stopped.said).toEqual([2, undefined]);
    expect(stopped.hosts.one).toMatchObject({ failed: 1 });
    expect(stopped.said).toMatch(/"msg": ".*log/);
    expect(traces(machine('two'))).toBe(before);
    machine('one').asRoot('chmod 644 /srv/log/access.log');
    machine('one').asRoot('mv /usr/lib/cgi-bin/awstats.pl /usr/lib/cgi-bin/away.pl');
    const unknown = await play('site.yml', '--limit', 'one');
    expect(unknown.status, unknown.said).toBe(2);
    machine('one').asRoot('mv /usr/lib/cgi-bin/away.pl /usr/lib/cgi-bin/awstats.pl');
  });

  inSoak('is played as a project by ansible-runner, as AWX plays it, and undone', { timeout: 600_000 }, async () => {
    const before = traces(machine('two'));
    const job = { project: book, inventory: inventoryOf(path.join(folder, 'job-hosts'), { two: machine('two') }), answers: {} };
    const first = await playAsJob(path.join(folder, 'job'), { ...job, playbook: 'site.yml' });
    expect([first.status, first.hosts.two?.failed, first.hosts.two?.unreachable], first.said).toEqual([0, 0, 0]);
    expect(first.hosts.two?.changed).toBeGreaterThan(0);
    expect(traces(machine('two'))).not.toBe(before);
    const undone = await playAsJob(path.join(folder, 'job-back'), { ...job, playbook: 'undo.yml' });
    expect([undone.status, traces(machine('two'))], undone.said).toEqual([0, before]);
  });

  it('restores at once what is refused, continues where it stopped without doing anything twice, and quotes what a host says', {
    timeout: 600_000,
  }, async () => {
    const module = 'electron/backend/real/fleet-topic.test-kit.ts';
    const made = compiled(topic, { values: {}, rules: await bundleRules(topic.id, module) });
    if ('obstacles' in made) throw new Error(JSON.stringify(made.obstacles));
    const other = writeCompiled(path.join(folder, 'other'), made.files);
    const name = `it's $(reboot) {{ 1 + 1 }} "so"`;
    writeFileSync(`${machine('one').root}/srv/name`, `${name}\n`);
    machine('one').asRoot('cd /srv; echo 7 >count; touch refuse; echo old >/etc/wren.strict; chmod 604 /etc/wren.strict; chown wren /etc/wren.strict');
    const again = (book: string) => ansible('ansible-playbook', other, ['-i', inventory, book, '--limit', 'one']);
    const files = () =>
      machine('one').asRoot(
        'cd /; for f in etc/wren.conf etc/wren.strict srv/count srv/said srv/taken run/wren; do [ ! -e $f ] || { stat -c "%n %a %U" $f; cat $f; }; done',
      );
    const before = files();

    const stopped = await again('site.yml');
    expect([stopped.status, stopped.said.includes('accepted is not so. Look.')], stopped.said).toEqual([2, true]);
    expect(files()).toContain(`etc/wren.strict 604 wren\nold\n`);
    expect(files()).toContain(
      `etc/wren.conf 640 root\nname: ${name}\nsrv/count 644 root\n8\n`.replace('srv/count', 'etc/wren.strict 604 wren\nold\nsrv/count'),
    );
    expect(machine('one').asRoot('cat /srv/said')).toBe(`${name}\n`);

    machine('one').asRoot('rm /srv/refuse');
    const continued = await again('site.yml');
    expect(continued.status, continued.said).toBe(0);
    expect(machine('one').asRoot('cat /srv/count /srv/taken /etc/wren.strict')).toBe('8\nx\nold\nnew\n');

    const undone = await again('undo.yml');
    expect(undone.status, undone.said).toBe(0);
    machine('one').asRoot('rm -f /srv/taken /run/wren');
    expect(files()).toBe(before);
  });

  inSoak('writes nothing where its rules do not answer', { timeout: 600_000 }, async () => {
    const before = traces(machine('two'));
    writeFileSync(path.join(book, 'roles/awstats_database_break/files/values.json'), '{');
    const broken = await play('site.yml', '--limit', 'two');
    expect([broken.status, traces(machine('two'))], broken.said).toEqual([2, before]);
    expect(broken.said).toContain('could not answer');
  });
});
