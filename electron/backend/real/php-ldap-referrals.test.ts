/**
 * PHP that searches a real slapd, whose answer holds a reference to a server that takes the connection and never says a word; and a second
 * slapd, to which the rebind callback logs in.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { rebind } from '../../../shared/topics/php-ldap-referrals/php-programs.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['slapd', 'php8.2-cli', 'php8.2-ldap', 'curl', 'openssl'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`PHP that follows references is not tried: ${why}.`);

const base = 'dc=corp,dc=test';
const admin = `cn=admin,${base}`;
const password = 'Secret-4711';
/** A server whose domain has one person and one reference. */
const slapd = (name: string, port: number, entries: string) => `mkdir -p /srv/${name}
cat >/srv/${name}.conf <<'END'
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile /srv/${name}.pid
TLSCertificateFile /srv/cert.pem
TLSCertificateKeyFile /srv/key.pem
modulepath /usr/lib/ldap
moduleload back_mdb
disallow bind_anon
require authc
database mdb
maxsize 10485760
suffix "${base}"
rootdn "${admin}"
rootpw ${password}
directory /srv/${name}
END
cat >/srv/${name}.ldif <<'END'
${entries}END
slapadd -q -f /srv/${name}.conf -l /srv/${name}.ldif
slapd -f /srv/${name}.conf -h 'ldap://127.0.0.1:${port} ldaps://127.0.0.1:${port + 1}'
`;
const domain = `dn: ${base}\nobjectClass: dcObject\nobjectClass: organization\no: corp\ndc: corp\n\n`;
const person = (name: string, at: string) => `dn: cn=${name},${at}\nobjectClass: inetOrgPerson\ncn: ${name}\nsn: a\nuid: alice\n\n`;
const zones = `dc=DomainDnsZones,${base}`;
const reference = (to: string) => `dn: ${zones}\nobjectClass: referral\nobjectClass: extensibleObject\ndc: DomainDnsZones\nref: ${to}/${zones}\n`;

/** Takes connections and is silent; what is sent to it is written down. */
const sink = `perl -MIO::Socket::INET -e '
$s = IO::Socket::INET->new(LocalAddr => $ARGV[0], Listen => 20, ReuseAddr => 1) or die;
while ($c = $s->accept) { if (!fork) { open $log, ">>", "/srv/sink.log"; select $log; $| = 1; while (sysread $c, $b, 4096) { print "$ARGV[0] ", unpack("H*", $b), "\\n" } exit } }' `;
const setUp = `${passwordlessSudo}
ln -s php8.2 /usr/bin/php
mkdir -p /etc/php/8.2/cli/conf.d /srv /var/www/book
printf 'extension=tokenizer\\nextension=ldap\\n' >/etc/php/8.2/cli/conf.d/20.ini
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /srv/key.pem -out /srv/cert.pem -days 2 -subj /CN=127.0.0.1 2>/dev/null
printf 'TLS_REQCERT never\\n' >/etc/ldap/ldap.conf
: >/srv/sink.log
${sink}127.0.0.1:3899 </dev/null >/dev/null 2>&1 &
${sink}127.0.0.2:3899 </dev/null >/dev/null 2>&1 &
${slapd('domain', 3890, `${domain}${person('alice', base)}${reference('ldap://127.0.0.1:3899')}`)}
${slapd('zones', 3892, `${domain}dn: ${zones}\nobjectClass: dcObject\nobjectClass: organization\no: zones\ndc: DomainDnsZones\n\n${person('alice-of-the-zones', zones)}`)}
${slapd('near', 3894, `${domain}${person('alice', base)}${reference('ldaps://127.0.0.1:3893')}`)}
${slapd('far', 3896, `${domain}${person('alice', base)}${reference('ldap://127.0.0.2:3899')}`)}
PHP_CLI_SERVER_WORKERS=12 php -S 127.0.0.1:8080 -t /var/www/book </dev/null >/dev/null 2>&1 &
`;
const program = (options = '') => `<?php
// $ds = ldap_connect('ldap://old.example.org');
function people() {
\t$ds = ldap_connect('ldap://127.0.0.1:3890');
\tldap_set_option($ds, LDAP_OPT_PROTOCOL_VERSION, 3);
${options}\tif (!ldap_bind($ds, '${admin}', '${password}')) die('no login');
\treturn ldap_count_entries($ds, ldap_search($ds, '${base}', '(uid=alice)'));
}
$found = people();
echo "people=$found\\n";
`;

describe.skipIf(why)('PHP and a domain with references', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(async () => {
    await topic?.end();
  });
  beforeEach(() => writeFileSync(`${machine.root}/var/www/book/search.php`, program()));

  const begin = (more: Record<string, string> = {}) => {
    topic = new RealTopic(machine, 'php-ldap-referrals', { uri: 'ldap://127.0.0.1:3890', base, filter: '(uid=alice)', user: admin, seconds: '5', ...more });
    const { api, client } = topic.runs;
    let asked = '';
    client.on('runs.changed', ({ runId, prompt, current }) => {
      if (!prompt || asked === current) return;
      asked = current ?? '';
      void api.terminal.write({ runId, data: `${password}\n` });
    });
    return topic;
  };
  const rulesOf = (state: RunState) => state.steps.find(({ id }) => id === state.current)?.verdicts.map(({ rule }) => rule);
  /** What the program prints by itself; `hangs` where it does not within so many seconds. */
  const people = (seconds = 60) => machine.asRoot(`timeout ${seconds} php /var/www/book/search.php || echo hangs`).trim();
  const page = { page: 'http://127.0.0.1:8080/search.php', folder: '/var/www' };

  it('hang before, answer with the option in the code, and hang again once that is undone', { timeout: 600_000 }, async () => {
    expect(people(2)).toBe('hangs');
    begin(page);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    const fact = (id: string) => done.facts.find((one) => one.id === id)?.value ?? '';
    expect([fact('before'), fact('without')]).toEqual(['no answer within 5 seconds', expect.stringMatching(/^entries=1 references=1 error=\S.* seconds=\d/)]);
    expect([fact('page-before'), fact('page-after')]).toEqual([expect.stringMatching(/^000 after 1/), expect.stringMatching(/^200 after \d/)]);
    expect(people()).toBe('people=1');
    expect(topic.runs.shown).not.toContain(password);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(people(2)).toBe('hangs');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('answer with ldap.conf alone, are found out where the change is left out, and hang again', { timeout: 600_000 }, async () => {
    begin({ way: 'system' });
    let state = await topic.run({ without: ['ldap-conf'] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'search-after']);
    await topic.runs.api.runs.leave({ runId: state.runId });
    await topic.end();
    begin({ way: 'system' });
    state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(people()).toBe('people=1');
    state = await topic.undo(state);
    expect(state.status, troublesOf(state)).toBe('undone');
    expect(people(2)).toBe('hangs');
  });

  it('have an address book of Roundcube that is set, read by PHP’s own tokens, and put back', { timeout: 600_000 }, async () => {
    const file = '/etc/roundcube/config.inc.php';
    const old =
      "<?php\n$config['ldap_public']['staff'] = [\n    'hosts' => ['x'],\n    'fieldmap' => ['referrals' => false],\n];\n$config['ldap_public']['b'] = array('referrals' => true);\n";
    machine.asRoot('mkdir -p /etc/roundcube');
    writeFileSync(`${machine.root}${file}`, old);
    begin({ way: 'roundcube' });
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(machine.asRoot(`cat ${file}`)).toBe(old.replace('= [\n', "= [\n    'referrals' => false,\n").replace("'referrals' => true", "'referrals' => false"));
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    state = await topic.undo(state);
    expect([state.status, machine.asRoot(`cat ${file}`)], troublesOf(state)).toEqual(['undone', old]);
    // Where PHP can't look into its own files, nothing is said of them.
    machine.asRoot('sed -i /tokenizer/d /etc/php/8.2/cli/conf.d/20.ini');
    expect(await topic.look()).toMatchObject({ verdict: 'unknown' });
    machine.asRoot("printf 'extension=tokenizer\\n' >>/etc/php/8.2/cli/conf.d/20.ini");
  });

  it('stop before anything is changed where the search hangs anyway, and where the login fails', { timeout: 600_000 }, async () => {
    begin({ uri: 'ldap://127.0.0.1:3899', ...page });
    let state = await topic.run();
    expect([state.current, rulesOf(state)], troublesOf(state)).toEqual(['search-off', expect.arrayContaining(['still-hangs'])]);
    await topic.end();
    begin({ user: `cn=nobody,${base}`, ...page });
    state = await topic.run();
    expect([state.current, rulesOf(state)], troublesOf(state)).toEqual(['search-before', expect.arrayContaining(['bind'])]);
  });

  it('have a callback that follows with the account, and that sends no password to another domain or in the clear', { timeout: 600_000 }, () => {
    const follow = (uri: string, lines: readonly string[], seconds = 3) => {
      writeFileSync(
        `${machine.root}/srv/follow.php`,
        `<?php
$host = parse_url('${uri}')['host']; $dn = '${admin}'; $password = '${password}';
$connection = ldap_connect('${uri}');
ldap_set_option($connection, LDAP_OPT_PROTOCOL_VERSION, 3);
${lines.join('\n')}
ldap_bind($connection, $dn, $password);
$found = @ldap_search($connection, '${base}', '(uid=alice)', array('cn'));
echo 'entries=', $found ? ldap_count_entries($connection, $found) : 'none', "\\n";
`,
      );
      return machine.asRoot(`timeout ${seconds} php /srv/follow.php || true`).trim();
    };
    expect(follow('ldap://127.0.0.1:3894', rebind, 60), 'the account is known there too').toBe('entries=2');
    expect(follow('ldap://127.0.0.1:3894', []), 'anonymously').not.toBe('entries=2');
    machine.asRoot(': >/srv/sink.log');
    follow('ldap://127.0.0.1:3896', rebind);
    expect(machine.asRoot('cat /srv/sink.log'), 'nothing is sent to a server of another domain').not.toContain(Buffer.from(password).toString('hex'));
    follow('ldap://127.0.0.1:3890', rebind);
    expect(machine.asRoot('cat /srv/sink.log'), 'nor without TLS').not.toContain(Buffer.from(password).toString('hex'));
  });
});
