/** ldap_search of PHP never returns, as libldap follows the references of Active Directory. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'php-ldap-referrals',
  version: 1,
  title: 'PHP hangs in ldap_search',
  summary: 'Keeps PHP programs from following the references that Active Directory sends with a search, and measures the search before and after.',
  category: 'Directories & login',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Adds one line for each connection in PHP files, or one setting. Each file has a backup.' },
  minutes: 4,
  fixes: [
    'A login or address book in PHP that hangs at ldap_search until the web server gives up (502, 504).',
    'ldap_search(): Search: Operations error, from Active Directory, at the root of the domain.',
  ],
  needs: ['Root on the web server, with php-cli.', 'An account that may search, and its password.'],
  cannotUndo: ['With a rebind callback: you change the code yourself, and change it back yourself.'],
  corrections: [
    'The source connects with host and port: that form is deprecated since PHP 8.3. One address such as ldaps://dc1.example.org does both.',
    'The source puts the name of the user into the filter as it is. Use ldap_escape($name, "", LDAP_ESCAPE_FILTER), or a name such as *)(cn=* changes the search. This procedure does not change that.',
    'The source hides errors with @ldap_bind. An empty password logs in anonymously and "succeeds": check for it before the call.',
    'Not needed with a search base below the root (OU=Users,DC=…), nor on the global catalogue (ports 3268 and 3269): neither sends references. The catalogue has only a part of the attributes.',
    'ldap.conf also has TIMEOUT and NETWORK_TIMEOUT. They limit the wait and do not take away its cause. PHP’s own max_execution_time does not count it.',
    '"Partial results and referral received" is harmless if entries came.',
    'Uncertain: that the hang appeared with Mac OS X 10.9 because Apple’s older library followed no references. Uncertain: whether the version of Roundcube at hand has referrals switched off by itself.',
  ],
  sources: ['Notes on a login in PHP that hung after a move to a newer server', 'ldap_set_option in the PHP manual', 'ldap.conf(5), ldap_set_rebind_proc(3)'],
  search,
  symptoms: [
    { pattern: inOrder(/\bldap_search\b/i, /\b(?:hang|hung|never|time[d-]?\s?out|slow)/i), text: 'ldap_search never returns' },
    { pattern: /ldap_search\(\): Search: Operations error/i, text: 'PHP Warning:  ldap_search(): Search: Operations error' },
    { pattern: /ldap_search\(\): Search: Can.t contact LDAP server/i, text: "PHP Warning:  ldap_search(): Search: Can't contact LDAP server" },
    { pattern: /ldap_search\(\): Search: Partial results and referral received/i, text: 'ldap_search(): Search: Partial results and referral received' },
    { pattern: /000004DC: LdapErr: DSID-/i, text: '000004DC: LdapErr: DSID-0C0906E8, … a successful bind must be complete on the connection' },
    {
      pattern: /# refldaps?:\/\/\w*DnsZones\.[^\s/]*\/DC=\w*DnsZones,(?<base>DC=[^\s?]+)|LDAP_OPT_REFERRALS/i,
      text: '# refldap://DomainDnsZones.example.org/DC=DomainDnsZones,DC=example,DC=org',
    },
  ],
  alsoCalled: [
    'LDAP login in PHP is slow or times out with Active Directory, 504 Gateway Timeout',
    'Roundcube address book hangs, Net_LDAP3, referrals',
    'ldap referral chasing, rebind, anonymous bind, search at the root of the domain',
    'PHP LDAP-Anmeldung hängt, Suche im Active Directory dauert ewig',
    'la recherche LDAP en PHP ne répond pas',
    'la búsqueda LDAP en PHP no responde',
  ],
  parameters,
  labDefaults: { uri: 'ldap://dc1.example.org', base: 'DC=example,DC=org', service: 'php8.2-fpm.service' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'php', package: 'php-cli' },
      { name: 'timeout', package: 'coreutils' },
    ],
  },
  lab,
});
