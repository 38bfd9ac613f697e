/** ISC's DHCP server is down after a boot, as its interface came later. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'isc-dhcp-boot-retry',
  version: 1,
  title: 'DHCP server down after boot',
  summary: 'Lets systemd start the ISC DHCP server again when its interface comes up later than the server.',
  category: 'Network & VPN',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Adds one drop-in to one unit and starts the server if it is down. A server that runs is not restarted.' },
  minutes: 5,
  fixes: ['A DHCP server that fails at boot with “Not configured to listen on any interfaces!” and starts well by hand afterwards.'],
  needs: ['Root on the DHCP server.', 'A system with systemd.'],
  cannotUndo: ['That the server was started: it keeps running.'],
  corrections: [
    'The source changes nothing else. Here the configuration is checked first: with an error in it, dhcpd also ends with status 1 and would be retried forever.',
    'A better fix, where it fits: order the unit behind what makes the interface (After= and BindsTo= its .device unit), or have systemd-networkd-wait-online wait for this interface. This procedure does not do that.',
    'Only the server for IPv4. For isc-dhcp-server6 add the same drop-in by hand; since which version of Ubuntu there is this unit is uncertain.',
    'On Red Hat and Fedora the unit is dhcpd.service. What else is different there is uncertain: it was not tried.',
    'ISC DHCP has had no maintenance since the end of 2022. Its successor Kea (2.2 and newer) retries by itself: service-sockets-max-retries and service-sockets-retry-wait-time.',
  ],
  sources: ['Notes on two DHCP servers that were upgraded from Ubuntu 14.04 to 16.04', 'systemd.service(5), systemd.unit(5), dhcpd(8)'],
  search,
  symptoms: [
    { pattern: /No subnet declaration for/i, text: 'No subnet declaration for eth1 (no IPv4 addresses).' },
    { pattern: /Not configured to listen on any interfaces/i, text: 'Not configured to listen on any interfaces!' },
    {
      pattern: /(?:isc-dhcp-server|dhcpd)\.service: (?:Main process exited|Failed with result|Unit entered failed state)/i,
      text: "isc-dhcp-server.service: Failed with result 'exit-code'.",
    },
    { pattern: inOrder(/\bdhcp/i, /\b(?:down|not start\w*|fail\w*|dead)\b/i, /\bboot/i), text: 'The DHCP server is down after boot' },
  ],
  alsoCalled: [
    'isc-dhcp-server does not start at boot but works with systemctl start',
    'dhcpd ignoring requests on interface, network-online.target too early, Open vSwitch, bridge, VLAN',
    'clients get no IP address after the server was rebooted',
    'DHCP-Server startet nach Neustart nicht, keine IP-Adressen nach Reboot',
    'le serveur DHCP ne démarre pas après un redémarrage',
    'el servidor DHCP no arranca después de reiniciar',
  ],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }], tools: [{ name: 'systemctl', package: 'systemd' }] },
  lab,
});
