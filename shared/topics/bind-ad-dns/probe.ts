/** Whether BIND hands the domain’s names to its controllers, and whether it still names the right ones. */
import { type Probe, type ProbeJudgement, readings, sh } from '../../topic-kit/index.ts';
import { aliases, delegated, passwordNames } from './ad-records.ts';
import { controllersOf, type Parameters } from './parameters.ts';

export const probe: Probe<Parameters> = {
  looksAt: [
    'whether BIND is authoritative for the domain',
    'whom it hands _msdcs and _sites to',
    'which servers it finds for LDAP, Kerberos and the global catalogue',
    'which controllers Active Directory names, and whether _kpasswd names the same',
  ],
  uses: ['domain', 'controllers', 'server'],
  script: ({ domain, server }) => sh`ask() { dig +time=3 +tries=1 +noall +answer +authority +comments ${`@${server}`} "$@" 2>&1; }
list() { sort -u | tr '\\n' ' ' | sed "s/^/$1=/"; echo; }
ask +norecurse SOA ${domain} | grep -c 'flags:.* aa' | sed 's/^/authoritative=/'
ask +norecurse SOA ${domain} | grep -c 'status:' | sed 's/^/answers=/'
for name in ${[...delegated]}; do ask +norecurse NS "$name".${domain} | awk '$4 == "NS" { print tolower($5) }' | list "ns.$name"; done
for name in ${aliases.map(([name]) => name)}; do
  ask SRV "$name".${domain} | awk '$4 == "CNAME" { print tolower($5) }' | list "alias.$name"
  ask SRV "$name".${domain} | awk '$4 == "SRV" { print tolower($8) }' | list "srv.$name"
done
for name in ${[...passwordNames]}; do ask SRV "$name".${domain} | awk '$4 == "SRV" { print tolower($8) }' | list "srv.$name"; done`,
  judge: ({ output }, values) => judge(readings(output), values),
};

const hosts = (text: string | undefined) => (text ?? '').split(' ').filter(Boolean);
const joined = (names: readonly string[]) => names.map((name) => name.replace(/\.$/, '')).join(', ');

function judge(found: ReadonlyMap<string, string>, values: Parameters): ProbeJudgement {
  const { domain, server } = values;
  const listed = controllersOf(values)
    .map(({ host }) => `${host}.`)
    .sort();
  const same = (names: readonly string[]) => names.join(' ') === listed.join(' ');
  const named = hosts(found.get('srv._ldap._tcp'));
  const ns = delegated.map((name): Finding => {
    const to = hosts(found.get(`ns.${name}`));
    return finding(`${name}.${domain}`, joined(to) || 'nobody', same(to), 'It is handed to the controllers.', 'It is not handed to the listed controllers.');
  });
  const services = aliases.map(([name, to]): Finding => {
    const right = hosts(found.get(`alias.${name}`)).includes(`${to}.${domain}.`) && hosts(found.get(`srv.${name}`)).length > 0;
    return finding(
      `${name}.${domain}`,
      joined(hosts(found.get(`srv.${name}`))) || 'nothing',
      right,
      'BIND finds it at the controllers.',
      'BIND does not find it at the controllers.',
    );
  });
  const passwords = passwordNames.map((name): Finding => {
    const to = hosts(found.get(`srv.${name}`));
    return finding(`${name}.${domain}`, joined(to) || 'nothing', same(to), 'It names the listed controllers.', 'It does not name the listed controllers.');
  });
  const drift = named.length > 0 && !same(named);
  const controllers = finding(
    'Controllers that Active Directory names',
    joined(named) || 'not known through BIND',
    named.length > 0 && !drift,
    'They are the listed ones.',
    named.length > 0 ? 'They are not the listed ones.' : 'BIND does not get this from a controller.',
  );
  const findings = [...ns, ...services, ...passwords, controllers];
  if (found.get('answers') !== '1')
    return { verdict: 'unknown', because: `Nobody answers at ${server}.`, next: 'Give the address that BIND answers at.', findings: [] };
  if (found.get('authoritative') !== '1')
    return {
      verdict: 'not-affected',
      because: `The server at ${server} is not authoritative for ${domain}.`,
      next: 'Give the name of the domain, and look on its primary DNS server.',
      findings: [],
    };
  if (findings.every(({ speaks }) => speaks === 'against'))
    return {
      verdict: 'already-fixed',
      because: 'Every name leads to the listed controllers, and there are no others.',
      next: 'Check again when a controller comes or goes.',
      findings,
    };
  if (drift)
    return {
      verdict: 'affected',
      because: `Active Directory has ${joined(named)}, and the list has ${joined(listed)}.`,
      next: 'Give the controllers that there are now, and start the run: it replaces what has changed.',
      findings,
    };
  return { verdict: 'affected', because: 'Clients that ask BIND do not find all of Active Directory.', next: 'Start the run.', findings };
}

type Finding = ProbeJudgement['findings'][number];
const finding = (label: string, value: string, right: boolean, well: string, badly: string): Finding => ({
  label,
  value,
  means: right ? well : badly,
  speaks: right ? 'against' : 'for',
});
