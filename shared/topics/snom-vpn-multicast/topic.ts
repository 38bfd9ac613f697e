/** Snom phones in an OpenVPN do not play multicast audio of the LAN. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'snom-vpn-multicast',
  version: 1,
  title: 'Snom phones in a VPN do not play multicast audio',
  summary: 'Routes a multicast group from the LAN into OpenVPN with smcroute, and counts the packets of a test tone.',
  category: 'Network & VPN',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Installs a package, writes two lines into its configuration and starts its service. Nothing changes on the phones.' },
  minutes: 6,
  fixes: ['Announcements or music sent to a multicast group that phones on the LAN play, and phones in the VPN do not.'],
  needs: [
    'Root on the VPN server.',
    'The phone’s multicast address set and saved: Apply at the bottom of its page, then Save at the top.',
    'A computer on the LAN with ffmpeg, for the test tone.',
  ],
  cannotUndo: [
    'The test tone: all phones that listen play it.',
    'With other routes for the phone: you change OpenVPN’s configuration yourself, and change it back yourself.',
  ],
  corrections: [
    'The source writes both lines of smcroute.conf with ">": the second one replaces the first, and the server never joins the group. Both lines are needed, mgroup first.',
    'The source leaves out the routes that it pushed instead of redirect-gateway. The three on the card are nearly certainly those. Why its phone did not start again is an inference: redirect-gateway also pins a route to the VPN server, and plain routes do not.',
    'The source sends to udp://. Here it is rtp://, which also sends RTCP to the next port. Packets of PCM need asetnsamples; for G.722 FFmpeg makes packets of 20 ms by itself (uncertain: read in its source).',
    'Everybody on the LAN who can send to the group can speak through the phones.',
    'OpenVPN gives a multicast to all clients of the interface, also to those that do not listen: about 90 kbit/s each.',
    'WireGuard carries no multicasts: this procedure is for OpenVPN with tun.',
    'smcroute looks up interfaces when it starts. Restart it after OpenVPN, or order its unit behind it: this procedure does not do that.',
    'Opus only crackled on the phone of the source. Uncertain: why.',
  ],
  sources: ['Notes on Snom phones in OpenVPN', 'smcroute.conf(5), smcroutectl(8) of 2.5.6', 'RFC 3550, RFC 3551'],
  search,
  symptoms: [
    { pattern: inOrder(/\bsnom\b/i, /\b(?:multicast|paging|announcement)/i), text: 'Snom phone in the VPN does not play multicast' },
    { pattern: inOrder(/\bmulticast/i, /\b(?:openvpn|vpn|tun\d)/i), text: 'multicast does not cross OpenVPN' },
    { pattern: /mroute: (?:out|in)bound \S{1,15} is not a known phyint/i, text: 'smcroute.conf line 2: mroute: outbound tun0 is not a known phyint, skipping' },
  ],
  alsoCalled: [
    'paging over VPN, RTP multicast, music on hold on all phones, smcroute, mgroup, mroute',
    'VoIP phone with built-in OpenVPN client receives no multicast, redirect-gateway def1',
    'Snom-Telefon im VPN spielt keine Durchsage, Multicast über OpenVPN',
    'le téléphone Snom ne diffuse pas le multicast par le VPN',
    'el teléfono Snom no reproduce multicast por la VPN',
  ],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'ip', package: 'iproute2' },
      { name: 'ping', package: 'iputils-ping' },
      { name: 'systemctl', package: 'systemd' },
    ],
  },
  lab,
});
