/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'dhcpd isc-dhcp* dhcp-server dhcp-service dhcp serveur-dhcp servidor-dhcp | boot reboot* startup restart* retry power not-configured-to-listen subnet-declaration bridge br0 vlan neustart starts down fails after-power démarr* arran* interface* schnittstelle* up-yet until before-the race on-failure hochfahren hoch | boot reboot* startup restart* retry power listen subnet-declaration br0 starts neustart* start* démarr* arran* hoch* race',
    'not-configured-to-listen no-subnet-declaration | *',
    'no-lease get-an-address no-address | dhcp* server reboot* restart*',
    'dhcpd dhcp-server isc-dhcp* | booten boot reboot* rebooted neustart startup boots',
  ],
  asked: [
    'dhcpd not running after a reboot, starts fine by hand',
    'isc-dhcp-server fails at boot because br0 is not up yet',
    'dhcpd[633]: Not configured to listen on any interfaces!',
    'after power failure no client gets an address until somebody restarts dhcp service',
    "isc-dhcp-server.service: Failed with result 'exit-code' at startup with vlan interfaces",
    'make systemd retry the dhcp server',
    'No subnet declaration for eth1 (no IPv4 addresses).',
    'DHCP-Server startet nach Neustart nicht, Schnittstelle noch nicht da',
    'dhcp service is down after each reboot until I start it',
    'Not configured to listen on any interfaces!',
    'dhcpd starts before the bridge gets its address',
    'isc dhcp server race with network at boot',
    'No subnet declaration for br0 (no IPv4 addresses).',
    'Restart=on-failure for isc-dhcp-server',
    'clients have no lease after the server rebooted',
    'dhcpd fährt beim Booten nicht hoch',
    'isc-dhcp-server fails on boot',
    'dhcpd not configured listen interfaces',
    'After a power cut no client got an address, on the gateway dhcpd was dead, systemctl start by hand works immediately',
    'The dhcp daemon starts before the vlan / bridge br0 has an IP, how do I delay or repeat it in systemd',
    'want Restart=on-failure with pause for isc-dhcp-server.service as the USB NIC needs 40 seconds to appear',
    'ubuntu 20.04 router, every reboot I must restart dhcp manually since eth1 gets up late',
    'Jan 14 06:02:18 gw dhcpd[702]: No subnet declaration for eth1 (no IPv4 addresses). ** Ignoring requests on eth1. Not configured to listen on any interfaces!',
    'DHCP-Server startet nach Reboot nicht, weil Schnittstelle noch keine Adresse hat',
  ],
  nearMisses: ['DHCPACK on 10.0.0.120 to 00:50:56:aa:bb:cc (desk4) via eth1', 'DHCP scope is full', 'dhclient gets no address on the laptop'],
};
