/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'openvpn vpn tap tap0 br0 bridge bridg* brücke pont puente ethernet-bridg* vswitch virtual-switch | tap tap0 bridge bridged bridging br0 brücke pont puente layer-2 layer2 | arp ping pings packet* snooping ageing aging promiscuous neighbo* multicast_snooping answer* antwort* reach* unreachable see hosts lost loses unanswered zielhost learn* sekunden seconds lan vmware esx* vswitch pass ipv6',
    'vpn openvpn | arp neighbo* | *',
    'bridge* | ageing aging multicast-snooping multicast_snooping learns wrong-port',
  ],
  asked: [
    "tap vpn comes up but hosts on the other side don't answer arp",
    'clients on the bridged vpn only reach the router, not other hosts',
    'br0 with tap0 and eth0 loses packets behind virtual switch',
    'Destination Host Unreachable over openvpn bridge until the other side pings first',
    'bridge_ageing 0 needed for openvpn tap?',
    "ipv6 neighbor discovery doesn't work through the bridge, multicast snooping",
    'vmware promiscuous mode and openvpn bridge',
    'VPN-Bridge: ping erst nach einigen Sekunden',
    'openvpn dev tap, arp requests from remote clients unanswered',
    'the first pings through the vpn bridge are lost',
    "layer 2 vpn clients can't see LAN printers",
    'linux bridge learns mac on wrong port behind vSwitch',
    'multicast_snooping breaks ipv6 on br0 over openvpn',
    'set bridge ageing time to zero',
    "bridged openvpn on a virtual machine doesn't pass packets",
    'Bridge mit tap0: keine Antwort auf ARP',
    'openvpn tap br0 arp missing',
    'bridge multicast_snooping ipv6 tap',
    'VPN road warrior in bridged mode can ping the server itself but no other LAN machine, tcpdump sees who-has on tap0 but the is-at does not return',
    "IPv6 neighbour discovery doesn't get through our ethernet-mode VPN although IPv4 does, eth0 and tap0 in one bridge",
    'inside VMware guest the bridged OpenVPN loses ARP answers, is it promiscuous mode or the linux bridge?',
    'mDNS and router advertisements from office not visible for people who dial in via dev tap, how can I count what the bridge drops',
    '11:20:41.118203 tap0 B   ARP, Request who-has 192.168.1.20 tell 192.168.1.201, length 28 (no reply on tap0, reply seen on eth0 of br0)',
    'OpenVPN TAP-Bridge: ARP-Antworten kommen nicht an, Multicast wird verschluckt',
  ],
  nearMisses: ['OpenVPN push route does not reach clients', 'OpenVPN certificate of one user expired', 'device vnet3 entered promiscuous mode'],
};
