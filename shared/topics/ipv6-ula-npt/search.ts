/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'ipv6 ula nptv6 npt nat66 netmap fd00 ip6tables prefix präfix* préfixe prefijo | prefix* präfix* translat* translation ula unique-local npt nptv6 nat66 netmap multihoming stable changing two-isps two-providers uplink* dynamic 6296 übersetz* map fd00 provider* isp* failover préfixe traduc*',
    'ula nptv6 npt nat66 | *',
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
  ],
  nearMisses: ['IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready', 'disable IPv6 on Windows', 'router advertisements from a rogue host'],
};
