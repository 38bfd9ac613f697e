/** BIND as the only DNS server of a network with Active Directory: what belongs to the controllers is handed to them. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'bind-ad-dns',
  version: 1,
  title: 'BIND in front of Active Directory',
  summary: 'Lets BIND serve the domain of an Active Directory and hand _msdcs and _sites to the domain controllers, and finds out later what has drifted.',
  category: 'Network & VPN',
  platforms: ['Linux', 'BIND 9.14 or newer', 'Samba or Windows domain controllers'],
  risk: { level: 'changes', text: 'One zone file and BIND’s configuration change; both are checked before BIND loads them. It answers all the time.' },
  minutes: 10,
  fixes: [
    'Clients that use BIND and find no domain controller.',
    'Macs and Linux machines that find no Kerberos or LDAP server.',
    '_kpasswd records that name controllers which are gone, or leave out new ones.',
  ],
  needs: [
    'Root on the primary DNS server of the domain’s zone, with rndc, named-checkconf, named-checkzone and dig.',
    'The names and addresses of all domain controllers. They must answer BIND on UDP and TCP 53.',
    'A domain that is the root of its forest, as _msdcs is there.',
  ],
  cannotUndo: [
    'Secondary servers keep what they have: after an undo the serial is lower than theirs. There, "rndc retransfer" fetches the old zone.',
    'A dynamic zone’s file is rewritten by BIND when its updates are held. Its comments are lost.',
    'A dynamic zone that took updates since is not put back by itself, as these would be lost. Its updates stay held then, until you have removed the lines and run "rndc thaw".',
  ],
  corrections: [
    'The names are cut off in the copy of the source that this was made from. The four aliases and the _kpasswd records were restored from Microsoft’s list of the records that a controller registers, and tried against a Samba controller.',
    'There is no _kerberos._udp below _msdcs. Its alias leads to the record of TCP, which names the same servers and the same port.',
    'Added: BIND checks signatures by default since 9.16, and then answers SERVFAIL for unsigned delegations; validate-except leaves the domain out. Seen with BIND 9.18.',
    'Added: with forwarders in its options, BIND asks them for delegated names too. An empty list in the zone’s block stops that.',
    'Added: a zone that DHCP writes to is frozen while it is edited, and thawed.',
    'On the controllers _sites is not a zone of its own, but part of the domain’s. BIND still follows the delegation; a name below _sites that does not exist is answered as such. Seen with Samba 4.17; Windows was not tried.',
    'The source says that only names below _msdcs and _sites are ever looked up. Controllers also register addresses for the domain’s own name, DomainDnsZones and ForestDnsZones; whoever opens \\\\domain\\sysvol by name without a Windows client needs the first. They are not added here.',
    'That Samba 4.5 and newer can update its records with --use-samba-tool is from the source, and was not tried.',
  ],
  sources: [
    'Notes on a BIND DNS server in an Active Directory environment',
    'RFC 1034, RFC 1035, RFC 1982, RFC 2782',
    'BIND 9 Administrator Reference Manual: validate-except, forwarders, rndc',
    'samba_dnsupdate(8), smb.conf(5): dns update command',
  ],
  search,
  symptoms: [
    {
      pattern: inOrder(/domain controller/i, /(?:could not be|can.?t be|cannot be|not) (?:contacted|found|located)/i),
      text: 'a domain controller could not be contacted',
    },
    { pattern: /_ldap\._tcp\.dc\._msdcs/i, text: 'no answer for _ldap._tcp.dc._msdcs' },
    { pattern: /DNS_ERROR_RCODE_NAME_ERROR|DNS name does not exist/i, text: 'DNS name does not exist (DNS_ERROR_RCODE_NAME_ERROR)' },
    {
      pattern: oneOf(inOrder(/NETLOGON/i, /5774|dynamic registration/i), inOrder(/dynamic registration/i, /failed/i)),
      text: 'NETLOGON: the dynamic registration of the DNS record failed',
    },
    { pattern: oneOf(inOrder(/samba_dnsupdate/i, /fail|refused/i), /update failed: REFUSED/i), text: 'samba_dnsupdate: update failed: REFUSED' },
    { pattern: /Cannot (find|resolve|contact any) KDC/i, text: 'Cannot find KDC for realm' },
    { pattern: /broken trust chain resolving/i, text: 'broken trust chain resolving' },
    { pattern: /\bupdate '(?<domain>[^']*)\/IN' denied/i, text: "named: update 'example.org/IN' denied" },
    { pattern: /_kpasswd/i, text: '_kpasswd names the wrong servers' },
  ],
  alsoCalled: [
    'join the domain, Windows clients find no domain controller',
    'nameserver, named, DNS zone, SRV records, dynamic update refused, Active Directory, AD DS, Samba AD DC',
    'Kerberos and LDAP servers are not found, log on to the domain',
    'Es konnte keine Verbindung mit einem Active Directory-Domänencontroller (AD DC) hergestellt werden',
    'Der DNS-Name ist nicht vorhanden, der Domäne beitreten, Anmeldung an der Domäne',
    'Un contrôleur de domaine Active Directory n’a pas pu être contacté, joindre le domaine, le nom DNS n’existe pas',
    'No se pudo establecer contacto con un controlador de dominio de Active Directory, unir al dominio, el nombre DNS no existe',
  ],
  parameters,
  labDefaults: {
    domain: 'corp.example.com',
    controllers: 'dc1=192.0.2.11, dc2=192.0.2.12',
    zoneFile: '/etc/bind/db.corp.example.com',
  },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }, { os: 'freebsd' }],
    tools: [
      { name: 'rndc', package: 'bind9-utils' },
      { name: 'named-checkconf', package: 'bind9-utils' },
      { name: 'named-checkzone', package: 'bind9-utils' },
      { name: 'dig', package: 'bind9-dnsutils' },
    ],
  },
  lab,
});
