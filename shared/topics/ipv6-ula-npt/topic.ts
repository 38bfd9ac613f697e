/** Fixed local addresses for a network, translated to the provider's prefix. */
import { defineTopic } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'ipv6-ula-npt',
  version: 1,
  title: 'Fixed IPv6 addresses with ULA and prefix translation',
  summary: 'Translates a network’s own local prefix to the prefix of the provider, so that addresses stay the same when the provider changes its prefix.',
  category: 'Network & VPN',
  platforms: ['Linux'],
  risk: {
    level: 'changes',
    text: 'Adds translation rules and forwarding to a router. Prefix translation is not a firewall: without one, each host can be reached from outside.',
  },
  minutes: 7,
  fixes: [
    'Addresses, DNS and firewall rules that break whenever the provider gives out another IPv6 prefix.',
    'A network with local addresses only, whose hosts do not reach IPv6 outside.',
  ],
  needs: ['Root on the router.', 'A prefix that the provider routes to this router.', 'A firewall that drops new connections from outside.'],
  cannotUndo: ['What you change on the hosts: remove the lines from /etc/gai.conf by hand.'],
  corrections: [
    'The source describes one way. Here are three: nftables and ip6tables NETMAP keep all bits behind the prefix and count on connection tracking; SNPT and DNPT are RFC 6296 itself, without state, and do not go with connection tracking.',
    'Since which version of nft and of the kernel prefix maps work is uncertain. The run reads back what the kernel has.',
    'The source has no cure for hosts that prefer IPv4. Their address selection can be changed (RFC 6724): on Linux with all labels of glibc but that of fc00::/7.',
    'Local and global addresses at the same time cause trouble: that is the source’s experience, and it was not tried.',
    'If the provider changes its prefix, the rules have to be written again: start a run with the new prefix. A hook of the DHCPv6 client is not part of this procedure.',
    'Protocols that send addresses in their data (SIP, FTP) and IPsec AH do not work through a translation: RFC 6296 says so itself.',
  ],
  sources: ['Notes on a network after the end of SixXS', 'RFC 4193, RFC 6296, RFC 6724', 'iptables-extensions(8), nft(8), gai.conf(5)'],
  search,
  symptoms: [
    { pattern: /\bIPv6 (?:prefix|addresses) (?:has |have )?(?:changed|changes|change)\b/i, text: 'The IPv6 prefix changes every night' },
    { pattern: /\bIPv4 (?:is |gets )?preferred (?:over|to|with|when)\b/i, text: 'IPv4 is preferred over IPv6 with ULA' },
    {
      pattern: /\bFrom fd[0-9a-f:]+ icmp_seq=\d+ Destination unreachable/i,
      text: 'From fd01:203:405:1::1 icmp_seq=1 Destination unreachable: No route',
    },
    { pattern: /\b(?:NPTv6|NPT66|NAT66|RFC ?6296)\b/i, text: 'NPTv6 on a Linux router' },
  ],
  alsoCalled: [
    'IPv6 network prefix translation NPTv6 NAT66 with ip6tables NETMAP or nftables',
    'unique local address generator fd00::/8 random prefix RFC 4193',
    'dynamic IPv6 prefix delegation changes, internal DNS and firewall break',
    'gai.conf label fc00::/7 prefer IPv6 with ULA address',
    'wechselndes IPv6-Präfix, feste interne IPv6-Adressen, Präfixübersetzung',
    'traduction de préfixe IPv6, adresses locales uniques fixes',
    'traducción de prefijo IPv6, direcciones locales únicas fijas',
  ],
  parameters,
  labDefaults: { ula: 'fd01:203:405::/48', gua: '2001:db8:1::/48' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: {
    oneOf: [{ os: 'linux' }],
    tools: [
      { name: 'ip', package: 'iproute2' },
      { name: 'systemctl', package: 'systemd' },
    ],
  },
  lab,
});
