/** The rehearsal: BIND with a zone that is kept by hand, two controllers, and what can go wrong. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

const state = (failure: string | null) => `running=${failure === 'bind-down' ? 'no' : 'yes'}
zone=${failure === 'other-zone' ? 'corp.example.net' : 'corp.example.com'}
dynamic=${failure === 'held' ? 'yes' : 'no'}
frozen=${failure === 'held' ? 'yes' : 'no'}
dc1=yes
dc2=${failure === 'controller-silent' ? 'no' : 'yes'}
recursion=${failure === 'recursion-off' ? 'no' : 'yes'}
`;

const zone = (failure: string | null) => `; corp.example.com, kept by hand. Grüße an alle, die hier ändern: Seriennummer!
$TTL 3600
$ORIGIN corp.example.com.
@	IN	SOA	ns1 hostmaster (
		2026010403	; serial
		3600		; refresh
		600		; retry
		604800		; expire
		3600 )		; negative answers
	IN	NS	ns1
	IN	MX	10 mail
ns1	IN	A	192.0.2.2
mail	IN	A	192.0.2.5	; in the cellar
dc1	IN	A	192.0.2.11
${failure === 'broken-zone' ? 'printer	IN	AA	192.0.2.40' : 'printer	IN	A	192.0.2.40'}
${failure === 'name-taken' ? '_kerberos._tcp	IN	TXT	"CORP.EXAMPLE.COM"\n' : ''}files	IN	CNAME	ns1
`;

const options = `options {
	directory "/var/cache/bind";

	// clients of the whole site ask this server
	allow-recursion { 192.0.2.0/24; 127.0.0.1; };
	forwarders { 198.51.100.53; };

	dnssec-validation auto;

	listen-on-v6 { any; };
};
`;

const zones = `//
// Zones of this site
//
zone "corp.example.com" {
	type primary;
	file "/etc/bind/db.corp.example.com";
};
`;

const files = (failure: string | null): LabFile[] => [
  { path: 'named.state', content: state(failure) },
  { path: 'root/etc/bind/db.corp.example.com', content: zone(failure) },
  { path: 'root/etc/bind/named.conf.options', content: options },
  { path: 'root/etc/bind/named.conf.local', content: zones },
  // What BIND has loaded.
  { path: 'served/zone', content: zone(failure === 'broken-zone' ? null : failure) },
  { path: 'served/options', content: options },
  { path: 'served/zones', content: zones },
];

const failures: readonly LabFailure[] = [
  {
    id: 'bind-down',
    title: 'BIND does not run',
    story: 'Somebody stopped BIND. rndc does not reach it, and the first check says so.',
    stopsAt: { step: 'look', rule: 'no-rndc' },
    wayOut: 'remedy',
  },
  {
    id: 'other-zone',
    title: 'BIND has no such zone',
    story: 'This server has the zone of another domain. The first check says so, before anything is changed.',
    stopsAt: { step: 'look', rule: 'no-zone' },
    wayOut: 'undo',
  },
  {
    id: 'broken-zone',
    title: 'The zone’s file is broken already',
    story: 'Somebody edited the file and did not load it: one line is wrong. At the next restart BIND would not serve the zone at all.',
    stopsAt: { step: 'look', rule: 'zone-broken' },
    wayOut: 'remedy',
  },
  {
    id: 'held',
    title: 'Somebody holds the zone’s updates',
    story: 'A colleague has frozen the zone to edit it. Two people must not edit one file.',
    stopsAt: { step: 'look', rule: 'frozen' },
    wayOut: 'remedy',
  },
  {
    id: 'controller-silent',
    title: 'A controller does not answer',
    story: 'The DNS service of dc2 is down. Half of the queries delegated to it would be lost.',
    stopsAt: { step: 'controllers', rule: 'dc2_msdcs', also: ['dc2_sites'] },
    wayOut: 'remedy',
  },
  {
    id: 'name-taken',
    title: 'A name is taken',
    story: 'The zone has a TXT record at _kerberos._tcp, where an alias has to be. The file is left alone.',
    stopsAt: { step: 'zone', rule: 'name-taken' },
    wayOut: 'undo',
  },
  {
    id: 'recursion-off',
    title: 'BIND does not follow the delegation',
    story: 'BIND has "recursion no" in a file of its own. It names the controllers, but does not ask them. The last check says so.',
    stopsAt: { step: 'services', rule: 'followed-_ldap._tcp.dc._msdcs', also: ['followed-_ldap._tcp.gc._msdcs', 'followed-_kerberos._tcp.dc._msdcs'] },
    wayOut: 'undo',
  },
];

export const lab: Lab = {
  scenario: 'A site’s BIND with forwarders, a zone that is kept by hand, and two new domain controllers, one of them not even in the zone',
  failures,
  facts: { forwarders: 'yes' },
  files,
};
