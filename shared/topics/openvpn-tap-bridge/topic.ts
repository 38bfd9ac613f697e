/** ARP and multicast lost on a bridge between OpenVPN's tap interface and the LAN. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'openvpn-tap-bridge',
  version: 2,
  title: 'ARP and multicast lost on a tap bridge',
  summary: 'Makes the bridge between OpenVPN’s tap interface and the LAN pass on every ARP reply and IPv6 multicast, and proves it by counting packets.',
  category: 'Network & VPN',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Afterwards the bridge works like a hub: every packet goes to every port, including the VPN. Existing connections stay up.' },
  minutes: 6,
  fixes: [
    'Connections over an OpenVPN in tap mode that are slow to start and fine once established.',
    'VPN clients that get no IPv6 address, or whose multicasts do not arrive.',
  ],
  needs: ['Root on the VPN server.', 'ip (iproute2) and tcpdump there.', 'Somebody at a VPN client who pings a machine of the LAN while packets are counted.'],
  cannotUndo: [],
  corrections: [
    'The source’s update of March 2016 says that snooping is to be turned off, and turns off the querier in its command. Here snooping is turned off: mcast_snooping 0.',
    'brctl and the files below /sys are replaced by ip-link(8), which sets both in the same way and is available everywhere. brctl is no longer needed.',
    'The source does not say how to make it survive a reboot. Here the bridge’s own configuration is extended: ifupdown, systemd-networkd or netplan.',
    'Why the bridge learns wrongly: a virtual switch in promiscuous mode sends a client’s own broadcast back, and the bridge believes the client at the LAN’s port. If that can be turned off there, it is the better fix.',
  ],
  sources: [
    'Notes on an OpenVPN server in tap mode, moved to Debian 8 and ESXi 6.0, with its addition of March 2016',
    'ip-link(8), systemd.netdev(5), interfaces(5)',
  ],
  search,
  symptoms: [
    { pattern: inOrder(/\bARP\b/i, /\b(?:lost|missing|no repl|not (?:answered|arriving|reach))/i), text: 'ARP replies do not reach the VPN client' },
    {
      pattern: oneOf(/(?:slow|long) to (?:get )?establish/i, inOrder(/connections? /i, /slow|long/i, /start|begin|establish/i)),
      text: 'connections are slow to get established',
    },
    { pattern: /Destination Host Unreachable/i, text: 'Destination Host Unreachable' },
    { pattern: oneOf(/\b(?:no|without) IPv6 address/i, inOrder(/router advertisement/i, /lost|missing|not/i)), text: 'VPN clients get no IPv6 address' },
    {
      pattern: oneOf(inOrder(/\btap\d?\b/i, /\bbridge/i), inOrder(/\bbridge/i, /\btap\d?\b/i), /dev-type tap|dev tap/i),
      text: 'OpenVPN with dev tap on a bridge',
    },
  ],
  alsoCalled: [
    'ping over an OpenVPN bridge works only after a few seconds, ARP requests get no answer',
    'VPN connects but the LAN is not reachable, layer 2 VPN, br0, multicast snooping, promiscuous mode',
    'router advertisements, neighbour discovery, mDNS, Bonjour over VPN',
    'Zielhost nicht erreichbar, VPN-Brücke, ARP-Anfragen ohne Antwort',
    'Hôte de destination injoignable, pont VPN, requêtes ARP sans réponse',
    'Host de destino inaccesible, puente VPN, peticiones ARP sin respuesta',
  ],
  parameters,
  labDefaults: { seconds: '5' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'ip', package: 'iproute2' },
      { name: 'tcpdump', package: 'tcpdump' },
      { name: 'timeout', package: 'coreutils' },
    ],
  },
  lab,
});
