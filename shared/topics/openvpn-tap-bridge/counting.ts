/** Packets as proof: what comes in at the LAN's port, and what of it goes out to the VPN. */
import { type CommandStep, type Matcher, type SavedFact, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

const replies = 'arp[6:2] == 2';
/** ICMPv6 to an address that begins with ff. */
const multicasts = 'icmp6 and ip6[24] == 0xff';
const kinds = ['arp', 'ip6'] as const;

/** Counts in four places at once. ARP replies for the bridge itself are not among them: they have no further to go. */
const count = ({ bridge, tap, uplink, seconds }: Parameters): Script =>
  sh`dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT
own=$(ip -o link show dev ${bridge} | sed -n 's/.*link.ether \\([0-9a-f:]*\\).*/\\1/p')
count() { timeout ${seconds} tcpdump -l -nn -Q "$2" -i "$1" "$3" > "$dir/$4" 2> "$dir/$4.said" & }
count ${uplink} in "${sh`arp[6:2] == 2`} and not ether dst $own" arp-in
count ${tap} out ${replies} arp-out
count ${uplink} in ${multicasts} ip6-in
count ${tap} out ${multicasts} ip6-out
printf 'Counting for %s seconds. Ping a machine of the LAN from a VPN client now.\\n' ${seconds}
wait
grep -hvE 'verbose output|^listening on |packets? (captured|received|dropped)' "$dir"/*.said
for kind in arp ip6; do
  came=$(grep -c . < "$dir/$kind-in")
  went=$(grep -c . < "$dir/$kind-out")
  printf '%s-in=%s\\n%s-out=%s\\n' "$kind" "$came" "$kind" "$went"
  if [ "$came" -eq 0 ]; then echo "$kind: none came in"
  elif [ "$went" -lt "$came" ]; then echo "$kind: $went of $came got through"
  else echo "$kind: all got through"; fi
done`;

const saved = (when: 'before' | 'after'): SavedFact[] =>
  kinds.flatMap((kind) =>
    (['in', 'out'] as const).map((way) => ({
      id: `${kind}-${way}-${when}`,
      title: `${kind === 'arp' ? 'ARP replies' : 'IPv6 multicasts'} that ${way === 'in' ? 'came in' : 'got through'}, ${when}`,
      pattern: new RegExp(`^${kind}-${way}=(\\d+)$`),
    })),
  );

const common: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'no-traffic',
    pattern: /^arp: none came in$/,
    means: 'No ARP reply came in at the LAN’s port, so the bridge can’t be judged.',
    next: 'While it counts, have somebody at a VPN client clear the ARP cache and ping a machine of the LAN. Check whether the port names are right.',
    remedies: ['ping'],
  },
  {
    kind: 'failure',
    id: 'no-such-port',
    pattern: /^tcpdump: .*(No such device|doesn't exist)/i,
    means: 'There is no such port.',
    next: 'Check the names with "ip link", and start a new run with the right ones.',
  },
  {
    kind: 'failure',
    id: 'not-counted',
    pattern: /^tcpdump: (?!.*(No such device|doesn't exist))/i,
    means: 'tcpdump could not count.',
    next: 'Read what it says, fix that, and count again.',
  },
  {
    kind: 'harmless',
    id: 'no-multicast',
    pattern: /^ip6: none came in$/,
    text: 'ip6: none came in',
    means: 'The LAN sent no IPv6 multicast meanwhile. Without IPv6 there is none.',
  },
];

const step = (
  parameters: Parameters,
  when: 'before' | 'after',
): Pick<CommandStep, 'kind' | 'danger' | 'runsOn' | 'needsRoot' | 'script' | 'saves' | 'minutes'> => ({
  kind: 'command',
  danger: 'reads',
  runsOn: 'VPN server',
  needsRoot: true,
  minutes: 1,
  script: count(parameters),
  saves: saved(when),
});

export const countBefore = (parameters: Parameters): CommandStep => ({
  ...step(parameters, 'before'),
  id: 'count-before',
  title: 'Count packets, before',
  intro: `For ${parameters.seconds} seconds, ARP replies and IPv6 multicasts are counted where they come in from the LAN and where they go out to the VPN. A VPN client has to ping meanwhile.`,
  matchers: [
    ...common,
    {
      kind: 'harmless',
      id: 'arp-lost',
      pattern: /^arp: \d+ of \d+ got through$/,
      text: 'arp: 0 of 3 got through',
      means: 'The problem is there: replies come in, and the bridge does not pass them on.',
    },
    {
      kind: 'harmless',
      id: 'multicast-lost',
      pattern: /^ip6: \d+ of \d+ got through$/,
      text: 'ip6: 0 of 3 got through',
      means: 'Multicasts are lost as well, so that clients get no IPv6 addresses.',
    },
    {
      kind: 'warning',
      id: 'no-loss',
      pattern: /^arp: all got through$/,
      means: 'No reply was lost this time.',
      next: 'The problem comes and goes with what the bridge has learned. Clear the client’s ARP cache and count again, or continue if you know the problem is there.',
    },
  ],
});

export const countAfter = (parameters: Parameters): CommandStep => ({
  ...step(parameters, 'after'),
  id: 'count-after',
  title: 'Count packets, after',
  intro: 'Counts again. This time every packet must get through.',
  matchers: [
    ...common,
    {
      kind: 'failure',
      id: 'arp-still-lost',
      pattern: /^arp: \d+ of \d+ got through$/,
      means: 'Replies are still lost between the two ports.',
      next: 'Look for a packet filter on the bridge (nft list ruleset, ebtables -L) and for port isolation (bridge -d link).',
    },
    {
      kind: 'expected',
      id: 'arp-passes',
      pattern: /^arp: (all got through|none came in|\d+ of \d+ got through)$/,
      means: 'Every ARP reply that came in was passed on to the VPN.',
      missing: 'The count was not completed.',
    },
    {
      kind: 'failure',
      id: 'multicast-still-lost',
      pattern: /^ip6: \d+ of \d+ got through$/,
      means: 'IPv6 multicasts are still lost.',
      next: 'Undo this run and start a new run with the other choice for multicast.',
    },
  ],
});
