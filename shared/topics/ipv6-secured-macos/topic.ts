/** Since macOS 10.12 the stable IPv6 address of a Mac says nothing and can’t be predicted: an address for DNS again. */
import { defineTopic, inOrder, sh } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'ipv6-secured-macos',
  version: 1,
  title: 'Turn off “secured” IPv6 addresses of a Mac',
  summary:
    'Since 10.12 a Mac makes its stable IPv6 address from a key. Makes it from the MAC address again, or sets a fixed one, which works on every release.',
  category: 'macOS & OS X Server',
  platforms: ['macOS'],
  risk: { level: 'changes', text: 'The server gets another IPv6 address: DNS, firewalls and open sessions know the old one.' },
  minutes: 8,
  fixes: ['The IPv6 address of a Mac server is a random one, marked “secured”, and cannot be known beforehand for DNS.'],
  needs: ['Root on the Mac.', 'A console or IPv4: sessions over the old IPv6 address are cut off.', 'A restart, unless a fixed address is set.'],
  cannotUndo: ['The restart. After the file is undone, another restart is needed before the switch is on again.'],
  corrections: [
    'For servers today: set a fixed address. The check proposes that from macOS 11 on, and the form lets you choose.',
    'Uncertain: whether releases since about macOS 11 still read /etc/sysctl.conf. It worked on 10.12 to 10.15. So the run judges by the switch after the restart, not by the file. A job of launchd that sets it comes too late for the first address.',
    'The source’s ">>" adds the line at each run, and runs into the last line of a file without a newline at its end. Here a line that is there is changed, and the rest stays byte for byte.',
    'The source’s "echo … >> /etc/sysctl.conf" needs root itself: with "sudo echo" the file is still opened by you.',
    'The two outputs of the source show different MAC addresses: they are of two Macs, and each is right for its own.',
    'Secured addresses are cryptographically generated ones (RFC 3972). Other pages call them RFC 7217, which is another method.',
    'Temporary addresses for outgoing connections (net.inet6.ip6.use_tempaddr) are another switch, and stay as they are. System Integrity Protection need not be off.',
    'Wi-Fi with a private address (macOS 15 and later) has another MAC address, which may change: turn it off for the network first. That its hardware address is listed by networksetup is uncertain.',
    'Not tried on a Mac: the arithmetic, the file, a restart and a router’s announcement were tried with Linux, whose kernel makes both kinds of address.',
  ],
  sources: [
    'Notes on secured IPv6 addresses of macOS 10.12 (2016)',
    'RFC 3972, RFC 4291 (appendix A), RFC 8981',
    'The sources of XNU and of IPConfiguration',
    'ifconfig(8), networksetup(8)',
  ],
  search,
  symptoms: [
    { pattern: /\binet6 \S+ prefixlen \d+ (?:autoconf )?secured\b/i, text: 'inet6 2001:db8:2:4a:4e6:f1d1:dd90:c6b4 prefixlen 64 autoconf secured' },
    { pattern: /net\.inet6\.send\.opmode/i, text: 'net.inet6.send.opmode: 1' },
    {
      pattern: inOrder(/\b(?:mac|macos|sierra)\b/i, /\bipv6\b/i, /\b(?:random|chang\w*|secured|unpredictable)\b/i),
      text: 'a Mac server whose IPv6 address is random since Sierra',
    },
  ],
  alsoCalled: [
    'macOS IPv6 address no longer contains ff:fe of the MAC address, EUI-64',
    'cryptographically generated addresses CGA, SEND, opmode, sysctl.conf on macOS',
    'stable predictable IPv6 address for DNS AAAA record of a Mac server',
    'IPv6-Adresse des Mac-Servers ist zufällig, nicht mehr aus der MAC-Adresse',
    'adresse IPv6 du Mac aléatoire, adresse stable pour le DNS',
    'dirección IPv6 del Mac aleatoria, no deriva de la dirección MAC',
  ],
  parameters,
  labDefaults: { name: 'server.example.org' },
  misfit: (values) => misfit(values),
  steps: (values) => steps(values),
  remedies: [
    {
      id: 'router',
      title: 'Let a router announce the prefix',
      explanation: 'Switch its router advertisements on for this network, or wait until it is up. Then the check is repeated.',
      danger: 'changes',
      lab: sh`lab-mac-hand router`,
      afterwards: 'retry',
    },
    {
      id: 'clone',
      title: 'Give the other host its own MAC address',
      explanation: 'In the virtual machine’s settings, or with its own card. Restart the Mac then, and the check is repeated.',
      danger: 'changes',
      lab: sh`lab-mac-hand clone`,
      afterwards: 'retry',
    },
  ],
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'macos' }] },
  lab,
});
