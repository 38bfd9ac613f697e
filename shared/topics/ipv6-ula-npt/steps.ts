/** Check the router, let it forward, translate, prove it with a ping from a local address, and tell the hosts that IPv6 comes first. */
import { file, type Matcher, type Remedy, type Script, type Step, serviceStep, sh, sysctlStep } from '../../topic-kit/index.ts';
import { hostCards } from './hosts.ts';
import type { Parameters } from './parameters.ts';
import { scriptFile, translationScript, unitName, unitText } from './rules.ts';

const runsOn = 'the router';
/** What of the translation the kernel has: a number, counted by the tool that the way uses; none where that tool can't ask the kernel. */
export const ownRules = (way: Parameters['way']): Script =>
  way === 'nft'
    ? sh`if nft list tables >/dev/null; then nft list table ip6 npt 2>/dev/null | grep -c -E ' [sd]nat ip6 prefix to | [sd]nat prefix to ' | sed 's/^/own-rules=/'; fi`
    : way === 'iptables'
      ? sh`if all=$(ip6tables -t nat -S); then printf '%s\\n' "$all" | grep -c -E ' -j NETMAP ' | sed 's/^/own-rules=/'; fi`
      : sh`if all=$(ip6tables -t mangle -S); then printf '%s\\n' "$all" | grep -c -E ' -j [SD]NPT ' | sed 's/^/own-rules=/'; fi`;

const look = ({ ula, gua, lan, ext, way }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Check the router',
  intro: 'Shows the addresses of both interfaces, the default route, what is translated already, and that the tools are there.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`for dev in ${lan} ${ext}; do [ -e ${file('/sys/class/net')}/"$dev" ] || echo "no-interface=$dev"; done
ip -6 -o address show dev ${lan} scope global | awk '{ print "lan: " $4 }'
ip -6 -o address show dev ${ext} scope global | awk '{ print "ext: " $4 }'
ip -6 -o address show dev ${lan} to ${ula} | grep -q . && echo local-address=yes || echo local-address=no
ip -6 -o address show to ${gua} | awk '{ print "own-address=" $4 " on " $2 }'
ip -6 route show default | grep -q . && echo default-route=yes || echo default-route=no
${way === 'nft' ? sh`command -v nft >/dev/null || echo tool=missing` : sh`command -v ip6tables >/dev/null || echo tool=missing`}
ip6tables -t nat -S 2>/dev/null | grep -E ' -j (NETMAP|MASQUERADE|SNAT) ' | grep -v -F -e ${ula} | sed 's/^/other-rule: /'
ip6tables -S FORWARD 2>/dev/null | grep -x -e '-P FORWARD ACCEPT' | sed 's/^/forward-policy: /'
echo 'look: done'`,
  matchers: [
    {
      kind: 'failure',
      id: 'no-interface',
      pattern: /^no-interface=\S+$/,
      alone: true,
      means: 'There is no such interface.',
      next: 'Check "ip link", and start a new run with the right names.',
    },
    {
      kind: 'failure',
      id: 'no-local-address',
      pattern: /^local-address=no$/,
      means: `${lan} has no address of ${ula}. The hosts could not send anything to the router.`,
      next: `Give ${lan} an address of the local prefix, such as …:1::1/64, and announce the prefix with radvd, dnsmasq or systemd-networkd. Then run the step again.`,
      remedies: ['local-address'],
    },
    {
      kind: 'failure',
      id: 'own-address',
      pattern: /^own-address=\S+ on \S+$/,
      means: `The router itself has an address of ${gua}. Packets to it would be translated, and a session over it would be cut off.`,
      next: 'Give the router an address outside of this prefix, or translate only a part of it. Nothing was changed.',
      remedies: ['own-address'],
    },
    {
      kind: 'failure',
      id: 'no-route',
      pattern: /^default-route=no$/,
      means: 'The router has no default route for IPv6.',
      next: 'Bring up IPv6 to the provider first. A router that forwards learns its route from announcements only with accept_ra=2.',
    },
    {
      kind: 'failure',
      id: 'no-tool',
      pattern: /^tool=missing$/,
      means: way === 'nft' ? 'There is no nft.' : 'There is no ip6tables.',
      next: 'Install it, or choose another way.',
    },
    {
      kind: 'warning',
      id: 'other-rule',
      pattern: /^other-rule: /,
      means: 'Something is translated already.',
      next: 'Check that it does not translate the local prefix too: two ways for one prefix do not work.',
    },
    {
      kind: 'warning',
      id: 'no-firewall',
      pattern: /^forward-policy: /,
      means:
        'The policy of ip6tables’ FORWARD chain is ACCEPT. Prefix translation is not a firewall: without a rule against it, each host can be reached from outside.',
      next: `Drop new connections that come in on ${ext} before you continue, unless you want that.`,
    },
    {
      kind: 'expected',
      id: 'looked',
      pattern: /^look: done$/,
      means: 'The router was checked.',
      missing: 'The router could not be checked.',
      next: 'Read the lines above.',
    },
  ],
});

const forward = ({ ext }: Parameters): Step =>
  sysctlStep({
    id: 'forward',
    title: 'Let the router forward IPv6',
    intro: `Sets forwarding, and accept_ra=2 on ${ext}, so that the router still learns its default route from announcements.`,
    runsOn,
    name: '90-npt',
    settings: { 'net.ipv6.conf.all.forwarding': '1', [`net.ipv6.conf.${ext.replaceAll('.', '/')}.accept_ra`]: '2' },
  });

const write = (values: Parameters): Step[] => [
  {
    kind: 'edit',
    id: 'script',
    title: 'Write the translation',
    intro: 'A script that adds these rules and removes them. It flushes nothing: other rules and open sessions stay.',
    danger: 'changes',
    runsOn,
    needsRoot: true,
    file: scriptFile,
    create: { mode: '0755', folder: true },
    edit: (old) =>
      old === '' || old.includes(`Run by ${unitName}.`)
        ? translationScript(values)
        : { rule: 'not-ours', means: `${scriptFile} is of something else.`, next: 'Move it elsewhere, and run the step again.' },
    // The service is stopped by then.
    undone: { script: ownRules(values.way), matchers: [translates(0)] },
  },
  {
    kind: 'edit',
    id: 'unit',
    title: 'Write the unit',
    intro: 'Runs the script at each boot.',
    danger: 'changes',
    runsOn,
    needsRoot: true,
    file: `/etc/systemd/system/${unitName}`,
    create: { mode: '0644' },
    edit: () => unitText,
    afterwards: { script: sh`systemctl daemon-reload` },
  },
  start(values),
];
const start = ({ way }: Parameters): Step =>
  serviceStep({
    id: 'start',
    title: 'Start the translation',
    intro: 'From now on packets of the local prefix leave with the provider’s prefix. Sessions that are open stay: nothing is flushed.',
    runsOn,
    service: { systemd: unitName },
    now: 'restart',
    atBoot: true,
    serves: { script: ownRules(way), matchers: [translates(2)] },
    next: 'Read "journalctl -u npt.service": the kernel may lack this kind of translation. Undo, and choose another way.',
    remedies: ['kernel'],
  });
const translates = (rules: 0 | 2): Matcher => ({
  kind: 'expected',
  id: rules === 2 ? 'translates' : 'translates-nothing',
  pattern: rules === 2 ? /^own-rules=[2-9]$/ : /^own-rules=0$/,
  means: rules === 2 ? 'The kernel has a rule for each direction.' : 'The rules are gone.',
  missing: rules === 2 ? 'The kernel does not have both rules.' : 'The kernel still has such rules.',
  next: 'Read "systemctl status npt.service".',
});

/** How often the rule for packets to the provider was used. */
const used = ({ way, ula }: Parameters): Script =>
  way === 'nft'
    ? sh`nft list table ip6 npt | awk '/ snat / { for (i = 1; i < NF; i++) if ($i == "packets") n += $(i + 1) } END { print "translated=" n + 0 }'`
    : sh`ip6tables -t ${way === 'iptables' ? 'nat' : 'mangle'} -nvxL POSTROUTING | grep -F -e ${ula} | awk '{ n += $1 } END { print "translated=" n + 0 }'`;

const prove = (values: Parameters): Step => ({
  kind: 'command',
  id: 'prove',
  title: 'Ping from a local address',
  intro: `Pings ${values.outside} from the router’s own local address. An answer shows both directions: out with the provider’s prefix, and back.`,
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`from=$(ip -6 -o address show dev ${values.lan} to ${values.ula} | awk '{ sub("/.*", "", $4); print $4; exit }')
${used(values)} | sed 's/^/before: /'
ping -6 -n -c 3 -W 2 -I "$from" ${values.outside}
${used(values)}`,
  matchers: [
    {
      kind: 'expected',
      id: 'answered',
      pattern: /^\d+ packets transmitted, [1-9]\d* (?:packets )?received/,
      means: 'The host outside answers, and its answers arrive at the local address.',
      missing: 'No answer has come back.',
      next: 'Ping without -I: if that works, the provider does not route the prefix to this router, or expects it on the link (then proxy_ndp or ndppd is needed).',
      remedies: ['routed'],
    },
    {
      kind: 'expected',
      id: 'used',
      pattern: /^translated=[1-9]\d*$/,
      means: 'The packets were translated.',
      missing: 'The rule was not used: the packets left another way.',
      next: `Check that the default route leads over ${values.ext}.`,
    },
    { kind: 'harmless', id: 'not-yet', pattern: /^before: translated=\d+$/, text: 'before: translated=0', means: 'How often the rule had been used before.' },
  ],
});

const hosts = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'hosts',
  title: 'Let the hosts use it',
  intro: 'A host that has only a local address prefers IPv4 (RFC 6724), and IPv6 is hardly used. This changes that, host by host.',
  danger: 'reads',
  runsOn: 'each host of the local network',
  instructions: [
    'Announce only the local prefix on the network, and not the provider’s.',
    'On hosts that should prefer IPv6, put these lines into /etc/gai.conf. One label line replaces the whole table of glibc, so all lines are needed.',
    'On Windows, add the policy, and check with “netsh interface ipv6 show prefixpolicies” that the others are still there. Whether old versions drop them is uncertain.',
  ],
  cards: hostCards(values),
});

export const steps = (values: Parameters): Step[] => [look(values), forward(values), ...write(values), prove(values), hosts(values)];

const byHand = (id: string, title: string, explanation: string): Remedy => ({
  id,
  title,
  explanation,
  danger: 'changes',
  lab: sh`lab-npt-hand ${id}`,
  afterwards: 'retry',
});
export const remedies: readonly Remedy[] = [
  byHand('local-address', 'Give the router a local address', 'Add it to the configuration of the interface. Then the step runs again.'),
  byHand('own-address', 'Give the router another address', 'Change its address to the provider, from a console. Then the step runs again.'),
  byHand('kernel', 'Load what the kernel lacks', 'Load the module (nft_chain_nat, ip6t_NPT), or update the kernel. Then the step runs again.'),
  byHand(
    'routed',
    'Have the prefix routed to this router',
    'Correct the prefix delegation, or answer for it on the link with ndppd. Then the step runs again.',
  ),
];
