/** What the bridge is set to, in the words of ip-link(8) and of systemd.netdev(5). */
import { file, type Matcher, type Script, sh } from '../../topic-kit/index.ts';
import type { BridgeSettings } from './netdev.ts';
import type { Parameters } from './parameters.ts';

type Chosen = Pick<Parameters, 'multicast'>;

/** Words after `type bridge`. With the querier on, snooping has to be on too. */
const multicastWords = ({ multicast }: Chosen) => (multicast === 'snooping-off' ? ['mcast_snooping', '0'] : ['mcast_snooping', '1', 'mcast_querier', '1']);
export const multicastOption = ({ multicast }: Chosen): string => (multicast === 'snooping-off' ? 'mcast_snooping 0' : 'mcast_querier 1');
export const allWords = (chosen: Chosen): string => ['ageing_time', '0', ...multicastWords(chosen)].join(' ');
export const networkdSettings = ({ multicast }: Chosen): BridgeSettings => ({
  AgeingTimeSec: '0',
  ...(multicast === 'snooping-off' ? { MulticastSnooping: 'no' } : { MulticastSnooping: 'yes', MulticastQuerier: 'yes' }),
});

const former = (bridge: string, what: string) => file(`/var/lib/wrenchbook/${bridge}-${what}`);

/**
 * Sets options of the bridge. What they were is kept on the server, over restarts too: by then its configuration sets them as
 * this does. Where they were so already, nothing is kept, and what an earlier time has kept stays.
 */
export function setBridge(bridge: string, what: string, words: readonly string[]): Script {
  const options = words.flatMap((word, index) => (index % 2 === 0 ? [`${word} ${words[index + 1]}`] : []));
  const names = words.filter((_, index) => index % 2 === 0);
  return sh`was=${former(bridge, what)}
now=$({ ${showBridge(bridge)}; } 2>/dev/null | grep -E ${`^(${names.join('|')})=`} | tr = ' ')
case $now in
'' | ${options.join('\n')}) ;;
*) mkdir -p "\${was%/*}" && printf '%s\\n' "$now" > "$was.new" && mv "$was.new" "$was" ;;
esac &&
${apply(bridge, sh`${[...words]}`)}`;
}

/** Where the kernel tells of the bridge, and takes its settings, whatever `ip` is there. */
const inKernel = (bridge: string) => file(`/sys/class/net/${bridge}`);

/** An `ip` that knows no such options (busybox, or before 4.4) leaves it to the files of the kernel. */
const apply = (bridge: string, words: Script): Script => sh`set -- ${words}
if ! said=$(ip link set dev ${bridge} type bridge "$@" 2>&1); then
  if [ -w ${inKernel(bridge)}/bridge/ageing_time ]; then
    while [ $# -gt 1 ]; do
      printf '%s\\n' "$2" > ${inKernel(bridge)}/bridge/"$(printf %s "$1" | sed 's/^mcast_/multicast_/')" || exit 1
      shift 2
    done
  else
    printf '%s\\n' "$said" >&2
    (exit 2)
  fi
fi`;

/** Nothing kept: it was so before. What was kept stays until it is proved that the bridge is so again. */
export const setBack = (bridge: string, what: string): Script =>
  sh`was=${former(bridge, what)}
if [ -e "$was" ]; then
${apply(bridge, sh`$(cat "$was")`)}
fi`;

/** Compares the bridge with what was kept, and lets that go where it is the same. */
export const provedBack = (bridge: string, what: string) => ({
  script: sh`was=${former(bridge, what)}
now=$({ ${showBridge(bridge)}; } 2>/dev/null | tr = ' ')
if [ -z "$now" ]; then echo 'The bridge does not report its settings.'
elif [ ! -e "$was" ]; then echo 'The bridge was so before this run.'
elif [ "$(printf '%s\\n' "$now" | grep -c -x -F -f "$was")" = "$(grep -c . "$was")" ]; then
  echo "The bridge is as it was: $(tr '\\n' ' ' < "$was")"
  rm -f "$was" && { rmdir "\${was%/*}" 2>/dev/null || :; }
else echo 'The bridge is not as it was.'; fi`,
  matchers: [
    {
      kind: 'expected',
      id: 'as-it-was',
      pattern: /^The bridge (?:was so before this run\.$|is as it was: )/,
      means: 'The bridge is set as it was before.',
      missing: 'The bridge is not set as it was before.',
      next: 'What it was is kept below /var/lib/wrenchbook on the server: set it with "ip link set dev … type bridge", or undo the run again.',
    },
  ] satisfies Matcher[],
});

/**
 * Prints the options' values, one `name=value` a line, and what the interface is: `kind=bridge`, `other`, or `untold` where nothing there
 * tells. The kernel's own files tell it everywhere; without them it is for `ip`, and busybox's or one before 4.4 says nothing of it.
 */
export const showBridge = (bridge: string): Script => sh`if [ -d ${inKernel(bridge)}/bridge ]; then
  echo kind=bridge
  for name in ageing_time mcast_snooping mcast_querier; do
    printf '%s=' "$name" && cat ${inKernel(bridge)}/bridge/"$(printf %s "$name" | sed 's/^mcast_/multicast_/')"
  done
elif [ -d ${inKernel(bridge)} ]; then echo kind=other
else
  ip -d -o link show dev ${bridge} | awk '
    { told = told " " $0 }
    match($0, /ageing_time [0-9]+/) { print "kind=bridge" }
    END {
      if (told !~ /ageing_time [0-9]/ && told != "") print "kind=" (told ~ / promiscuity / && told !~ /[ \\\\]bridge / ? "other" : "untold")
      n = split("ageing_time mcast_snooping mcast_querier", names, " ")
      for (i = 1; i <= n; i++) if (match(told, names[i] " [0-9]+")) { value = substr(told, RSTART, RLENGTH); sub(/ /, "=", value); print value }
    }'
fi`;

/** Prints `port: NAME` of each. */
export const showPorts = (bridge: string): Script => sh`if [ -d ${inKernel(bridge)}/brif ]; then ls ${inKernel(bridge)}/brif | sed 's/^/port: /'
else ip -o link show master ${bridge} | sed 's/^[0-9]*: \\([^:@]*\\)[:@].*/port: \\1/'; fi`;
