/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'snom phone phones telefon* handset* voip desk-phone téléphone* teléfono* homeoffice home-office* heimtelefon* | multicast paging page-call* pages announcement* durchsag* page-group rtp-multicast annonce* anuncio* rtp',
    'multicast mroute mgroup smcroute* paging | vpn openvpn tun tun0 tunnel forward* smcroute* mroute mgroup phyint',
    'smcroute* mroute | *',
    'multicast group-traffic rtp 239* | tun tun0 tun-interface snom phone* vpn openvpn',
    'rtp | tone tun count group',
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
    'snom multicast paging openvpn',
    'smcroute multicast to tun0',
    'Home office Snom D785 connects with its built in VPN, telephony ok but announcements over the group page stay silent',
    'How to send 239.255.255.245:5555 RTP from our office network to the phones that dial in by OpenVPN',
    "The snom 370 in the LAN plays the door gong via multicast, the ones at the branch behind the tunnel don't",
    'how do I test if group traffic leaves on the tun interface, need to generate an RTP tone and count it',
    '14:02:11.400812 eth0 M   IP 10.0.0.20.5004 > 239.255.255.245.5555: UDP, length 172 (nothing on tun0, snom at 10.8.0.6)',
    'Snom-Telefone am VPN geben Multicast-Durchsage nicht wieder',
  ],
  nearMisses: [
    'change the language of a Snom phone',
    'igmp querier is missing on vlan 20',
    'voice in one direction only through NAT',
    'multicast flooding by television boxes',
  ],
};
