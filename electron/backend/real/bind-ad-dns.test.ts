/**
 * BIND in front of a real Active Directory: named on one machine, Samba as domain controller on another, each in a network of its
 * own. A client finds no Kerberos server before, finds it after, and does not any more when it was taken back.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
const dbg = (t: unknown) => appendFileSync('/tmp/bindtry/dbg', `${new Date().toISOString()} ${typeof t === 'string' ? t : JSON.stringify(t, null, 1)}\n`);
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';
import { TwoNetworks, whyNoNetworks } from './two-networks.test-kit.ts';

const bindPackages = ['bind9', 'bind9-utils', 'bind9-dnsutils'];
const sambaPackages = ['samba', 'samba-ad-dc', 'samba-ad-provision', 'samba-dsdb-modules', 'samba-vfs-modules', 'winbind', 'ldb-tools'];
const why = whyNoNetworks ?? whyNoMachineWithPackages(bindPackages) ?? whyNoMachineWithPackages(sambaPackages);
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

const bindSetUp = `${passwordlessSudo}
mkdir -p /run/named /var/cache/bind
rndc-confgen -a -u root >/dev/null
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
      ScratchMachine.start(bindSetUp, [], { packages: bindPackages, at: near }),
      ScratchMachine.start(sambaSetUp(far.address), [], { packages: sambaPackages, at: far }),
    ]);
    bind.know();
    for (let tries = 0; tries < 60 && !ask(`@${far.address} SRV _ldap._tcp.dc._msdcs.corp.test`).includes('dc1'); tries += 1) bind.asRoot('sleep 0.5');
  }, 120_000);
  afterAll(async () => {
    await bind?.stop();
    await controller?.stop();
    networks?.remove();
  });

  const ask = (question: string) => bind.asRoot(`dig +short +time=1 +tries=1 ${question} || true`).trim();
  const finds = (name: string) => ask(`@127.0.0.1 SRV ${name}.corp.test`).split('\n').at(-1) ?? '';
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
  function startBind(more: { options?: string; zones?: string; zone?: string } = {}) {
    // Its pid file goes away with it.
    bind.asRoot('pid=/run/named/named.pid; [ ! -e $pid ] || kill $(cat $pid); for try in $(seq 50); do [ -e $pid ] || break; sleep 0.1; done; rm -f /etc/bind/*.jnl');
    write(paths.zone, more.zone ?? zone);
    write(paths.options, more.options ?? options);
    write(paths.zones, more.zones ?? zones());
    bind.asRoot('named -c /etc/bind/named.conf 2>/dev/null; for try in 1 2 3 4 5 6 7 8 9; do rndc status >/dev/null 2>&1 && break; sleep 0.3; done');
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

  it('finds no controller before, finds them after, and does not when it was taken back', { timeout: 40_000 }, async () => {
    dbg('begin');
    expect(finds('_kerberos._tcp')).toBe('');
    expect(finds('_ldap._tcp.dc._msdcs')).toBe('');
    const l = await topic.look(); dbg(l); expect(l).toMatchObject({ verdict: 'affected' });
    let state = await topic.run({ before: dbg });
    dbg(troublesOf(state));
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(finds('_kerberos._tcp')).toBe('0 100 88 dc1.corp.test.');
    expect(finds('_kerberos._udp')).toBe('0 100 88 dc1.corp.test.');
    expect(finds('_ldap._tcp')).toBe('0 100 389 dc1.corp.test.');
    expect(finds('_gc._tcp')).toBe('0 100 3268 dc1.corp.test.');
    expect(finds('_kpasswd._udp')).toBe('0 100 464 dc1.corp.test.');
    expect(finds('_ldap._tcp.Default-First-Site-Name._sites')).toBe('0 100 389 dc1.corp.test.');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    expect(read(paths.zone)).toContain(zone.slice(zone.indexOf(' ; serial')));
    console.log(ask('@127.0.0.1 +noall +comments SRV _ldap._tcp.none._sites.corp.test'));
    state = await topic.undo(state);
    expect(state.status, troublesOf(state)).toBe('undone');
    expect([read(paths.zone), read(paths.options), read(paths.zones)]).toEqual([zone, options, zones()]);
    expect(finds('_kerberos._tcp')).toBe('');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it.each([
    ['the zone', 'zone', 'delegation'],
    ['the exception from validation', 'validation', 'services'],
    ['loading', 'load', 'delegation'],
  ])('is found out when %s is left out', { timeout: 120_000 }, async (_, left, stopsAt) => {
    const state = await topic.run({ without: [left] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', stopsAt]);
    expect(finds('_kerberos._tcp')).toBe('');
    await topic.undo(state);
  });
});
