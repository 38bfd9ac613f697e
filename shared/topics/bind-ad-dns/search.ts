/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'bind bind9 named nameserver* dns zone srv nslookup dig resolver _msdcs msdcs nsupdate | active-directory ad dc dcs domain-controller* domain-join join* samba* netlogon kdc kerberos _msdcs msdcs _sites _tcp domänencontroller* domäne* windows-domain contrôleur* controlador* ldap-srv underscore',
    'domain-controller* domänencontroller* dc | contacted located found gefunden register* dns srv introuvable encontr*',
    'netlogon 5774 | *',
    'kdc | realm find resolve contact',
    'join* beitreten | domain domäne domaine dominio | dns srv found located contacted bind controller fail* cannot',
  ],
  asked: [
    'put our linux nameservers in front of the windows DCs, what about _msdcs',
    'domain join fails because SRV records are missing in bind',
    "named[812]: client @0x7f 10.0.0.7#53211: update 'ad.corp.net/IN' denied",
    'how do I delegate _sites and _tcp of AD from BIND 9 to samba',
    'samba_dnsupdate REFUSED against bind',
    'workstations log event 5774 about DNS registration since we moved to bind',
    'kinit: Cannot find KDC for realm "AD.EXAMPLE.COM" while getting initial credentials',
    'our secondary bind returns NXDOMAIN for _ldap._tcp.dc._msdcs',
    'can BIND be authoritative for an AD domain while the DCs own the underscore zones',
    "pc can't join: An Active Directory Domain Controller could not be contacted",
    'DNS name does not exist error code 0x0000232B RCODE_NAME_ERROR when joining',
    'event 5774 netlogon dynamic registration failed on the DC',
    "dc can't register its records in our named",
    'allow-update for domain controllers in bind zone',
    'Domänencontroller wird nicht gefunden, wir haben BIND als DNS',
    'ldap srv lookup empty, named serves the company zone',
  ],
  nearMisses: ['named: zone example.org/IN: loaded serial 2026113001', 'bind log file is too large', 'DNS name of our website points to the old address'],
};
