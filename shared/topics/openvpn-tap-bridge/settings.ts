/** What the bridge is set to, in the words of ip-link(8) and of systemd.netdev(5). */
import { file, type Script, sh } from '../../topic-kit/index.ts';
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
now=$(ip -d -o link show dev ${bridge} | grep -oE ${`(${names.join('|')}) [0-9]+`})
case $now in
'' | ${options.join('\n')}) ;;
*) mkdir -p "\${was%/*}" && printf '%s\\n' "$now" > "$was.new" && mv "$was.new" "$was" ;;
esac &&
ip link set dev ${bridge} type bridge ${[...words]}`;
}

/** Nothing kept: it was so before. */
export const setBack = (bridge: string, what: string): Script =>
  sh`was=${former(bridge, what)}
if [ -e "$was" ]; then ip link set dev ${bridge} type bridge $(cat "$was") && rm -f "$was" && { rmdir "\${was%/*}" 2>/dev/null || :; }; fi`;

/** Prints the options' values, one `name=value` a line. */
export const showBridge = (bridge: string): Script =>
  sh`ip -d -o link show dev ${bridge} | grep -oE '(ageing_time|mcast_snooping|mcast_querier) [0-9]+' | tr ' ' =`;
