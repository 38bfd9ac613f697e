/**
 * BIND in front of a real Active Directory: named on one machine, Samba as domain controller on another, each in a network of its
 * own. A client finds no Kerberos server before, finds it after, and does not any more when it was taken back.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { spread } from '../../../shared/rounds.test-kit.ts';
import { wantedRecords } from '../../../shared/topics/bind-ad-dns/ad-records.ts';
import { editZone } from '../../../shared/topics/bind-ad-dns/zone-edit.ts';
import { anyZone, wanted } from '../../../shared/topics/bind-ad-dns/zones.test-kit.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';
import { TwoNetworks, whyNoNetworks } from './two-networks.test-kit.ts';

const bindPackages = ['bind9', 'bind9-utils', 'bind9-dnsutils'];
const sambaPackages = ['samba', 'samba-ad-dc', 'samba-ad-provision', 'samba-dsdb-modules', 'samba-vfs-modules', 'winbind', 'ldb-tools'];
const why = whyNoNetworks ?? whyNoMachineThatBoots(bindPackages) ?? whyNoMachineWithPackages(sambaPackages);
if (why) console.log(`BIND in front of Active Directory is not tried: ${why}.`);

const zone = `; By hand. Grüße!
$TTL 1h
corp.test.	IN	SOA	ns1.corp.test. hostmaster.corp.test. (
			2026010403 ; serial
			1h 10m 1w 1h )
	IN	NS	ns1
ns1	IN	A	127.0.0.1
files	IN	CNAME	ns1
`;
const options = 'options {\n\tdirectory "/var/cache/bind";\n\tdnssec-validation auto;\n};\n';
const zones = (more = '') => `zone "corp.test" {\n\ttype primary;\n\tfile "/etc/bind/db.corp.test";\n${more}};\n`;
const paths = { zone: '/etc/bind/db.corp.test', options: '/etc/bind/named.conf.options', zones: '/etc/bind/named.conf.local' };

/** As Debian's package leaves it, with a folder that updates can be written to. */
const bindSetUp = `${passwordlessSudo}
useradd -r -s /usr/sbin/nologin bind
install -d -g bind -m 775 /var/cache/bind
chgrp -R bind /etc/bind
chmod 2775 /etc/bind
rndc-confgen -a -u bind >/dev/null
`;
const sambaSetUp = (address: string) => `mkdir -p /srv/dc
printf '%s dc1.corp.test dc1\\n' ${address} >>/etc/hosts
samba-tool domain provision --realm=CORP.TEST --domain=CORP --host-name=dc1 --server-role=dc --dns-backend=SAMBA_INTERNAL --adminpass='Passw0rd!x' --targetdir=/srv/dc --host-ip=${address} --option='interfaces=${address}' --option='bind interfaces only=yes' >/srv/provision.log 2>&1 || { tail -5 /srv/provision.log; exit 1; }
samba -D -s /srv/dc/etc/smb.conf
`;

describe.skipIf(why)('BIND in front of Active Directory', () => {
  let networks: TwoNetworks;
  let bind: ScratchMachine;
  let controller: ScratchMachine;
  let topic: RealTopic;
  const topics: RealTopic[] = [];

  beforeAll(async () => {
    networks = new TwoNetworks();
    const { near, far } = networks;
    for (const { namespace } of [near, far]) execFileSync('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
    [bind, controller] = await Promise.all([
      ScratchMachine.start(bindSetUp, [], { packages: bindPackages, at: near, boot: { units: ['named.service'] } }),
      ScratchMachine.start(sambaSetUp(far.address), [], { packages: sambaPackages, at: far }),
    ]);
    bind.know();
    for (let tries = 0; tries < 60 && !ask(`@${far.address} SRV _ldap._tcp.dc._msdcs.corp.test`).includes('dc1'); tries += 1) bind.asRoot('sleep 0.5');
  }, 600_000);
  afterAll(async () => {
    await bind?.stop();
    await controller?.stop();
    networks?.remove();
  });

  const ask = (question: string) => bind.asRoot(`dig +short +time=1 +tries=1 ${question} || true`).trim();
  const finds = (name: string) => ask(`@127.0.0.1 SRV ${name}.corp.test`).split('\n').at(-1) ?? '';
  /** What BIND itself serves, with its status. */
  const served = (question: string) => bind.asRoot(`dig +norecurse +time=2 @127.0.0.1 ${question}`).replaceAll(/\s+/g, ' ');
  const statusOf = (name: string) => /status: (\w+)/.exec(bind.asRoot(`dig @127.0.0.1 SRV ${name}.corp.test`))?.[1];
  const write = (file: string, text: string) => bind.asRoot(`cat >${file} <<'END'\n${text}END`);
  const read = (file: string) => bind.asRoot(`cat ${file}`);
  function begin(parameters: Record<string, string> = {}): RealTopic {
    const made = new RealTopic(bind, 'bind-ad-dns', {
      domain: 'corp.test',
      controllers: `dc1=${networks.far.address}`,
      zoneFile: paths.zone,
      optionsFile: paths.options,
      zonesFile: paths.zones,
      server: '127.0.0.1',
      ...parameters,
    });
    topics.push(made);
    return made;
  }
  const awaitBind = 'for try in $(seq 50); do rndc status >/dev/null 2>&1 && break; sleep 0.3; done';
  function startBind(more: { options?: string; zones?: string; zone?: string } = {}) {
    bind.asRoot('systemctl stop named; systemctl reset-failed named; rm -f /etc/bind/*.jnl');
    write(paths.zone, more.zone ?? zone);
    write(paths.options, more.options ?? options);
    write(paths.zones, more.zones ?? zones());
    // Where there are views, every zone has to be in one: Debian's own are not.
    const parts = [paths.options, paths.zones, ...(more.zones?.startsWith('view') ? [] : ['/etc/bind/named.conf.default-zones'])];
    write('/etc/bind/named.conf', parts.map((file) => `include "${file}";\n`).join(''));
    bind.asRoot(`systemctl start named; ${awaitBind}`);
  }
  beforeEach(() => {
    startBind();
    topic = begin();
  });
  afterEach(async () => {
    for (const each of topics.splice(0)) await each.end();
  });
  const rulesOf = (state: RunState) =>
    state.steps.flatMap(({ verdicts }) => verdicts.filter(({ kind }) => kind === 'failure' || kind === 'warning').map(({ rule }) => rule));

  it('finds no controller before, finds them after, and does not when it was taken back', { timeout: 600_000 }, async () => {
    expect(finds('_kerberos._tcp')).toBe('');
    expect(finds('_ldap._tcp.dc._msdcs')).toBe('');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(finds('_kerberos._tcp')).toBe('0 100 88 dc1.corp.test.');
    expect(finds('_kerberos._udp')).toBe('0 100 88 dc1.corp.test.');
    expect(finds('_ldap._tcp')).toBe('0 100 389 dc1.corp.test.');
    expect(finds('_gc._tcp')).toBe('0 100 3268 dc1.corp.test.');
    expect(finds('_kpasswd._udp')).toBe('0 100 464 dc1.corp.test.');
    expect(finds('_ldap._tcp.Default-First-Site-Name._sites')).toBe('0 100 389 dc1.corp.test.');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    expect(read(paths.zone)).toContain(zone.slice(zone.indexOf(' ; serial')));
    // What does not exist below a delegation, although _sites is not a zone of its own at the controller.
    expect(statusOf('_ldap._tcp.none._sites')).toBe('NXDOMAIN');
    await bind.restart();
    expect(finds('_kerberos._tcp')).toBe('0 100 88 dc1.corp.test.');
    state = await topic.undo(state);
    expect(state.status, troublesOf(state)).toBe('undone');
    expect([read(paths.zone), read(paths.options), read(paths.zones)]).toEqual([zone, options, zones()]);
    expectServedAsBefore();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  /** BIND answers, with the serial it had, and knows none of the names. Silence would not tell. */
  const expectServedAsBefore = (serial = '2026010403') => {
    expect(served('SOA corp.test')).toContain(` ${serial} `);
    expect(served('NS _msdcs.corp.test')).toMatch(/status: NXDOMAIN/);
    expect(served('SRV _kerberos._tcp.corp.test')).toMatch(/status: NXDOMAIN/);
  };

  const ofZones: [string, { zone?: string; options?: string; zones?: string }, () => void][] = [
    ['of a year ago', {}, () => expectServedAsBefore()],
    ['beside options that BIND only warns of', { options: options.replace('};', '\tdnssec-must-be-secure "x.example" no;\n};') }, () => expectServedAsBefore()],
    ['with a mail server that is not found', { zone: `${zone}@ IN MX 5 mx1.ai.example.\n` }, () => expectServedAsBefore()],
    [
      'in a view that has forwarders',
      {
        options: options.replace('};', '\trecursion yes;\n};'),
        zones: `view "internal" {\n\tmatch-clients { any; };\n\tforward only;\n\tforwarders { 127.0.0.9; };\n${zones()}};\n`,
      },
      () => expectServedAsBefore(),
    ],
  ];
  it.each<(typeof ofZones)[number]>(spread(ofZones, 2))(
    'of a zone %s: done, served, taken back, and served as before',
    { timeout: 600_000 },
    async (_, more, servedBefore) => {
      startBind(more);
      // Nobody has touched it since: a file that is put back is older than what BIND has loaded by then.
      bind.asRoot(`systemctl stop named; touch -d 2026-01-04 ${paths.zone}; systemctl start named; ${awaitBind}`);
      const files = () => [read(paths.zone), read(paths.options), read(paths.zones)];
      const before = files();
      let state = await topic.run();
      expect(state.says, troublesOf(state)).toBe('Done and verified.');
      expect(finds('_kerberos._tcp')).toBe('0 100 88 dc1.corp.test.');
      expect(served('NS _msdcs.corp.test')).toMatch(/status: NOERROR/);
      state = await topic.undo(state);
      expect(state.status, troublesOf(state)).toBe('undone');
      expect(files()).toEqual(before);
      servedBefore();
    },
  );

  it('of a zone that BIND signs itself, with a counter as serial: done, and taken back as far as BIND takes it back', { timeout: 600_000 }, async () => {
    const counted = zone.replace('2026010403', '7');
    startBind({ zone: counted, zones: zones('\tdnssec-policy default;\n\tinline-signing yes;\n') });
    let state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(bind.asRoot('rndc zonestatus corp.test')).toMatch(/^serial: 8$/m);
    expect(served('NS _msdcs.corp.test')).toMatch(/status: NOERROR/);
    // BIND keeps the higher serial, and with it the new records. That is said, with what to do.
    state = await topic.undo(state);
    expect(read(paths.zone)).toBe(counted);
    expect([state.status, state.says], troublesOf(state)).toEqual(['failed', expect.stringContaining('takes no file with a lower serial')]);
    expect(served('NS _msdcs.corp.test')).toMatch(/status: NOERROR/);
    write(paths.zone, counted.replace('7 ; serial', '9 ; serial'));
    state = await topic.undo(state);
    expect(state.status, troublesOf(state)).toBe('undone');
    expect(served('NS _msdcs.corp.test')).toMatch(/status: NXDOMAIN/);
  });

  it.each([
    ['the zone', 'zone', 'delegation'],
    ['the exception from validation', 'validation', 'services'],
    ['loading', 'load', 'delegation'],
  ])('is found out when %s is left out', { timeout: 600_000 }, async (_, left, stopsAt) => {
    const state = await topic.run({ without: [left] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', stopsAt]);
    expect(finds('_kerberos._tcp')).toBe('');
    await topic.undo(state);
  });

  it('asks no forwarder for what is delegated, and is found out when that step is left out', { timeout: 600_000 }, async () => {
    const forwarding = { options: options.replace('};', '\tforwarders { 127.0.0.9; };\n\tforward only;\n};') };
    startBind(forwarding);
    const left = await topic.run({ without: ['forwarding'] });
    expect([left.current, rulesOf(left)], troublesOf(left)).toEqual(['services', expect.arrayContaining(['servfail'])]);
    await topic.undo(left);
    startBind(forwarding);
    const state = await begin().run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(read(paths.zones)).toBe(zones('\tforwarders { };\n'));
    expect(finds('_ldap._tcp')).toBe('0 100 389 dc1.corp.test.');
  });

  it('holds the updates of a dynamic zone meanwhile, and lets them through again, also on the way back', { timeout: 600_000 }, async () => {
    startBind({ zones: zones('\tallow-update { 127.0.0.1; };\n') });
    const update = (name: string) =>
      bind.asRoot(`printf 'server 127.0.0.1\nzone corp.test\nupdate add %s.corp.test 60 A 192.0.2.9\nsend\n' ${name} | nsupdate 2>&1 || true`).trim();
    expect(update('lease1')).toBe('');
    const refused: string[] = [];
    const state = await topic.run({ before: (step) => void (step === 'validation' && refused.push(update('lease2'))) });
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(refused[0]).toBe('update failed: REFUSED');
    expect([update('lease3'), ask('@127.0.0.1 A lease1.corp.test'), ask('@127.0.0.1 A lease3.corp.test')]).toEqual(['', '192.0.2.9', '192.0.2.9']);
    // Since then the file has an update more: the way back does not overwrite it, and says so.
    const back = await topic.undo(state);
    expect([back.status, back.says]).toEqual(['failed', expect.stringContaining('was changed since this run wrote it')]);
    startBind({ zones: zones('\tallow-update { 127.0.0.1; };\n') });
    const again = begin();
    const taken = await again.undo(await again.run());
    expect([taken.status, read(paths.zone), update('lease4'), finds('_ldap._tcp')], troublesOf(taken)).toEqual(['undone', zone, '', '']);
  });

  it('goes back from a zone that is held, because loading it failed', { timeout: 600_000 }, async () => {
    startBind({ zones: zones('\tallow-update { 127.0.0.1; };\n') });
    const odd = (step: string) => void (step === 'load' && bind.asRoot("cp -p /etc/bind/named.conf /srv/named.conf; echo 'odd;' >>/etc/bind/named.conf"));
    const state = await topic.run({ before: odd });
    expect([state.status, state.current, rulesOf(state)], troublesOf(state)).toEqual(['failed', 'load', expect.arrayContaining(['not-loaded'])]);
    bind.asRoot('cat /srv/named.conf >/etc/bind/named.conf');
    const back = await topic.undo(state);
    expect([back.status, read(paths.zone)], troublesOf(back)).toEqual(['undone', zone]);
    expect(bind.asRoot('rndc zonestatus corp.test')).not.toContain('frozen: yes');
  });

  it('completes what is half done, changes nothing the second time, and sees when a controller comes', { timeout: 600_000 }, async () => {
    startBind({ zone: `${zone}_msdcs 86400 NS gone\ngone A 192.0.2.77\n_kpasswd._udp 3600 SRV 0 100 464 gone\n` });
    const first = await topic.run();
    expect(first.says, troublesOf(first)).toBe('Done and verified.');
    expect(read(paths.zone)).not.toMatch(/(NS|464) gone/);
    const fixed = read(paths.zone);
    const second = await begin().run();
    expect([second.says, read(paths.zone)], troublesOf(second)).toEqual(['Done and verified.', fixed]);
    const secondController = (what: 'add' | 'delete') => {
      const { address } = networks.far;
      const record = "_msdcs.corp.test _ldap._tcp.dc SRV 'dc2.corp.test 389 0 100'";
      controller.asRoot(`samba-tool dns ${what} ${address} ${record} -s /srv/dc/etc/smb.conf -U 'administrator%Passw0rd!x' 2>&1`);
      bind.asRoot('rndc flush');
    };
    secondController('add');
    expect(await topic.look()).toMatchObject({
      verdict: 'affected',
      because: 'Active Directory has dc1.corp.test, dc2.corp.test, and the list has dc1.corp.test.',
    });
    const unlisted = await begin().run({ without: ['zone', 'load'] });
    expect(rulesOf(unlisted)).toContain('unlisted-controller');
    secondController('delete');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
  });

  it('edits dozens of zones of all sorts so that BIND reads what is wanted, and of the rest what it read before', { timeout: 600_000 }, () => {
    const folder = path.join(bind.root, 'srv/zones');
    mkdirSync(folder, { recursive: true });
    // BIND itself refuses one that has no line end behind it.
    const endsInDirective = /\$[^\n]+$/;
    const olds = fc.sample(anyZone(), { numRuns: 60, seed: 6 }).filter((old) => typeof editZone(old, wanted) === 'string' && !endsInDirective.test(old));
    expect(olds.length).toBeGreaterThan(30);
    for (const [index, old] of olds.entries()) {
      writeFileSync(path.join(folder, `${index}.old`), old);
      writeFileSync(path.join(folder, `${index}.new`), editZone(old, wanted) as string);
    }
    bind.asRoot('cd /srv/zones; for zone in *.old *.new; do named-compilezone -q -i none -k ignore -o $zone.read corp.test $zone || exit 1; done');
    const isRead = (file: string) =>
      readFileSync(path.join(folder, `${file}.read`), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.replaceAll(/\s+/g, ' ').replace(/^\S+/, (owner) => owner.toLowerCase()));
    const records = wantedRecords(wanted);
    const isManaged = (line: string) =>
      /^\S+ \d+ IN (NS|CNAME|SRV|SOA) /.test(line) && (records.some(({ owner }) => line.startsWith(`${owner} `)) || line.includes(' SOA '));
    for (const [index, old] of olds.entries()) {
      const [before, after] = [isRead(`${index}.old`), isRead(`${index}.new`)];
      const addresses = ['dc1.corp.test. 86400 IN A 192.0.2.11', 'dc2.corp.test. 86400 IN AAAA 2001:db8::12'].filter(
        (line) => !before.some((there) => there.startsWith(line.slice(0, 14)) && there.endsWith(line.slice(-10))),
      );
      const expected = [
        ...before.filter((line) => !isManaged(line)),
        ...before.filter((line) => line.includes(' SOA ')).map((line) => line.replace(' 7 ', ' 8 ')),
        ...records.map(({ owner, ttl, type, data }) => `${owner} ${ttl} IN ${type} ${data}`),
        ...addresses,
      ];
      expect(after.map((line) => line.replaceAll('DC2.', 'dc2.')).sort(), old).toEqual(expected.sort());
    }
  });

  const wrong: [string, Record<string, string>, string, [string, string]][] = [
    ['no such zone', { domain: 'other.test' }, '', ['look', 'no-zone']],
    ['another file than BIND’s', { zoneFile: '/etc/bind/db.local' }, '', ['look', 'its-file']],
    ['a controller that is none', { controllers: 'dc1=127.0.0.77' }, '', ['controllers', 'dc1_msdcs']],
    ['a broken zone', {}, `echo 'x IN AA 1' >>${paths.zone}`, ['look', 'zone-broken']],
    ['a missing file', {}, `rm ${paths.zone}`, ['look', 'zone-broken']],
    ['a read-only file', {}, 'mount --bind /etc/bind /etc/bind; mount -o remount,bind,ro /etc/bind', ['zone', 'file-no-temp']],
    ['a zone of 50 MB', {}, `seq 1900000 | sed 's/.*/host& IN A 192.0.2.1/' >>${paths.zone}`, ['zone', 'file-too-large']],
    ['a BIND that does not run', {}, 'systemctl stop named', ['look', 'no-rndc']],
  ];
  it.each<(typeof wrong)[number]>(spread(wrong, 4))(
    'says what is wrong and changes nothing: %s',
    { timeout: 600_000 },
    async (_, parameters, trouble, [stopsAt, rule]) => {
      if (trouble) bind.asRoot(trouble);
      const files = () => bind.asRoot(`cat ${paths.options} ${paths.zones}; cksum ${paths.zone} 2>&1 || true`);
      const before = files();
      const state = await begin(parameters).run();
      bind.asRoot('umount /etc/bind 2>/dev/null || true');
      expect([state.current, rulesOf(state)], troublesOf(state)).toEqual([stopsAt, expect.arrayContaining([rule])]);
      expect(files()).toBe(before);
    },
  );
});
