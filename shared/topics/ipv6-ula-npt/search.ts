/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'ipv6 ula nptv6 npt nat66 netmap fd00 ip6tables prefix präfix* préfixe prefijo | prefix* präfix* translat* translation ula unique-local npt nptv6 nat66 netmap multihoming stable changing two-isps two-providers uplink* dynamic 6296 übersetz* map fd00 provider* isp* failover préfixe traduc*',
    'ula nptv6 npt nat66 | *',
    'v6 ipv6 | every-night new-56 new-prefix reconnects reconnect dynamic delegat* changing | stable constant internal numbers entries firewall addresses',
    'snpt dnpt src-pfx | *',
  ],
  asked: [
    'two ISPs and changing prefixes, want stable inside addresses with fd00',
    'prefix translation NPTv6 on a linux router',
    'provider gives a new IPv6 prefix every night, servers change address',
    'nft rule to map ULA to global prefix',
    'ip6tables NETMAP POSTROUTING for unique local addresses',
    'IPv6 multihoming small office without BGP',
    'NAT66 vs NPT for a /48',
    'ULA-Präfix auf öffentliches Präfix übersetzen',
    "stable internal ipv6 addresses although the provider's prefix is dynamic",
    'network prefix translation with nftables',
    'NETMAP target for ip6tables missing',
    'ULA behind a router with changing /56',
    'dnat snat ipv6 prefix rfc 6296',
    'failover between two ipv6 uplinks',
    'servers unreachable after ISP changed IPv6 prefix',
    'IPv6 Präfixübersetzung Linux Router',
    'NPTv6 linux nftables prefix translation',
    'ULA fd00 dynamic provider prefix',
    'Telekom gives us a new /56 every night, how do we keep printers and servers on stable v6 numbers',
    'can the router rewrite fdxx::/48 to the delegated GUA prefix 1:1, without port NAT, RFC 6296',
    'each time the ISP reconnects all our v6 AAAA and firewall entries are wrong, want internal constant addressing',
    'ip6tables SNPT and DNPT rules, how do I change them automatically when dhcpcd gets another delegation',
    'ip6tables v1.8.7 (nf_tables): -j SNPT --src-pfx fd3c:91a2:5b00::/48 --dst-pfx 2003:e7:1f00:4a00::/56: RULE_APPEND failed (Invalid argument): rule in chain POSTROUTING',
    'feste IPv6-Adressen im LAN trotz wechselndem Präfix, NPTv6 mit ULA einrichten',
  ],
  nearMisses: ['IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready', 'disable IPv6 on Windows', 'router advertisements from a rogue host'],
};
