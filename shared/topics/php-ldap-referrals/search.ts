/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'php* ldap_search net_ldap* roundcube nextcloud owncloud moodle intranet | ldap* ldap_search active-directory ad domain-controller user-lookup forestdnszones domaindnszones | hang* hung slow never timeout times-out forever 504 gateway* referral* operations-error root-dn root long dauert ewig hängt lent* cuelga tarda bind base-dn forestdnszones addressbook',
    'ldap* ad active-directory | referral* referrer forestdnszones domaindnszones 000004dc successful-bind partial-results',
    'ldap_opt_referrals referral* 000004dc partial-results-and-referral | *',
    'in-order-to-perform-this-operation successful-bind-must | *',
    'php intranet ldap | base dn ou | takes seconds slow instant 60 long hang*',
  ],
  asked: [
    'ldap_search against the AD root takes forever',
    'php login page 504 when binding to domain controller',
    'LDAP_OPT_REFERRALS needed for active directory?',
    'nextcloud user lookup hangs, tcpdump shows connections to ForestDnsZones',
    'ldap_search(): Search: Operations error after ldap_bind worked',
    'roundcube addressbook slow with AD base dn',
    'PHP-Skript hängt bei LDAP-Suche',
    'In order to perform this operation a successful bind must be completed on the connection',
    'active directory search in php never comes back',
    'Partial results and referral received',
    'php-ldap slow only when base dn is the domain root',
    'gateway timeout in our php intranet when looking up users in AD',
    'ldap client chases referrals to DomainDnsZones',
    '000004DC: LdapErr: DSID-0C0907C2',
    'turn referral chasing off in Net_LDAP',
    'LDAP-Suche in PHP dauert ewig',
    'LDAP_OPT_REFERRALS php active directory',
    'php ldap_search slow base dn',
    'Login in our php intranet takes 60+ seconds when base is DC=corp,DC=local, with an OU as base its instant',
    "ldap client of PHP tries to chase to DomainDnsZones and ForestDnsZones hosts that the web server can't resolve",
    "can I set REFERRALS off in /etc/openldap/ldap.conf so nextcloud and mediawiki don't wait on AD searches",
    'bind works against the DC, but searching from the domain root in PHP never returns, ldapsearch is quick',
    'PHP Warning:  ldap_search(): Search: Operations error in /var/www/intranet/lib/auth_ldap.php on line 148',
    'PHP-LDAP-Suche gegen AD hängt, Verweise (Referrals) abschalten',
  ],
  nearMisses: ['PHP runs out of memory', 'LDAP user is missing in a group', 'slapd: conn=1001 op=1 SEARCH RESULT tag=101 err=0 nentries=1 text='],
};
