/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'snom phone phones telefon* handset* voip desk-phone téléphone* teléfono* homeoffice home-office* heimtelefon* | multicast paging page-call* pages announcement* durchsag* page-group rtp-multicast annonce* anuncio* rtp',
    'multicast mroute mgroup smcroute* paging | vpn openvpn tun tun0 tunnel forward* smcroute* mroute mgroup phyint',
    'smcroute* mroute | *',
  ],
  asked: [
    "paging doesn't reach the snom at home office over openvpn",
    'multicast 239.255.255.245 is not forwarded into tun0',
    'smcroute config for ip phones',
    'remote desk phone silent on announcements',
    'rtp multicast page group over vpn',
    'mgroup from eth0 group in smcroute.conf ignored',
    'Durchsagen kommen bei Heimtelefonen nicht an',
    'snom 370 vpn multicast stream no audio',
    "paging group doesn't work for phones connected by openvpn",
    'snom phone with vpn feature hears no multicast',
    'forward multicast from LAN to tun with smcrouted',
    'mroute: outbound tun0 is not a known phyint',
    'announcements over rtp multicast to home offices',
    'multicast routing into an openvpn tunnel',
    'voip handset in vpn misses page calls',
    'Snom: Multicast-Durchsage im VPN stumm',
  ],
  nearMisses: [
    'change the language of a Snom phone',
    'igmp querier is missing on vlan 20',
    'voice in one direction only through NAT',
    'multicast flooding by television boxes',
  ],
};
