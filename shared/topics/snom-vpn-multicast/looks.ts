/** Shell text that looks at interfaces, at who answers a group, and at the packets that cross. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import { type Parameters, tunnelsOf } from './parameters.ts';

const net = file('/sys/class/net');
/** A line `iface NAME missing`, or `iface NAME up=… multicast=… address=…`, of each. Flags are those of netdevice(7). */
export const interfaces = (values: Parameters): Script => sh`for each in ${[values.lan, ...tunnelsOf(values)]}; do
  if [ ! -e ${net}/"$each" ]; then echo "iface $each missing"; continue; fi
  flags=$(cat ${net}/"$each"/flags)
  [ $((flags & 0x1)) -ne 0 ] && up=yes || up=no
  [ $((flags & 0x1000)) -ne 0 ] && multicast=yes || multicast=no
  echo "iface $each up=$up multicast=$multicast address=$(ip -o -4 address show dev "$each" | sed -n 's/.* inet \\([0-9./]*\\).*/\\1/p' | head -n 1)"
done`;

/** Whether this server has joined the group on the LAN: `joined=1`, or 0. */
export const joined = ({ lan, group }: Parameters): Script =>
  sh`ip maddr show dev ${lan} | awk -v group=${group} '$1 == "inet" && $2 == group { n = 1 } END { print "joined=" n + 0 }'`;

/** The interfaces that smcroute routes the group to, after `routed=`; nothing where it does not run. */
export const routedTo = ({ lan, group }: Parameters): Script =>
  sh`smcroutectl -p -t show routes 2> /dev/null | awk -v group=${`${group})`} -v lan=${lan} '$2 == group && $3 == lan { $1 = $2 = $3 = ""; print "routed=" substr($0, 4) }'`;

/** A line `answers NAME=COUNT` of each interface, or `NAME was not asked: WHY`. One host that answers twice is counted once. */
export const whoAnswers = (values: Parameters): Script => sh`for each in ${[values.lan, ...tunnelsOf(values)]}; do
  said=$(LC_ALL=C ping -n -c 3 -W 2 -t 2 -I "$each" ${values.group} 2>&1)
  case $said in
  *'packets transmitted'*) ;;
  *) echo "$each was not asked: $(printf '%s\\n' "$said" | tail -n 1)"; continue ;;
  esac
  printf '%s\\n' "$said" | sed -n 's/^[0-9]* bytes from \\([0-9.]*\\).*/\\1/p' | sort -u | grep -c . | sed "s/^/answers $each=/"
done`;

/**
 * For half a minute at most: a line `arrived=N`, the packets of groups from the LAN, and of each tunnel `NAME routed=N sent=N`. What a firewall drops
 * was routed and is not sent; what has a TTL of 1 only arrives. The
 * counters are not read in one instant: half of them is enough.
 */
export const crossing = (values: Parameters): Script => sh`seen() { awk -v lan=${values.lan} '$2 == lan { print $4 }' ${file('/proc/net/ip_mr_vif')}; }
routed() { awk -v name="$1" '$2 == name { print $6 }' ${file('/proc/net/ip_mr_vif')}; }
sent() { cat ${net}/"$1"/statistics/tx_packets; }
first=$(seen)
: "\${first:=0}"
was=$(for each in ${tunnelsOf(values)}; do echo "$each $(routed "$each" | grep . || echo 0) $(sent "$each")"; done)
n=0
until [ $(($(seen | grep . || echo 0) - first)) -ge 50 ] || [ $n -ge 30 ]; do sleep 1; n=$((n+1)); done
echo "arrived=$(($(seen | grep . || echo 0) - first))"
printf '%s\\n' "$was" | while read -r each was_routed was_sent; do
  echo "$each routed=$(($(routed "$each" | grep . || echo 0) - was_routed)) sent=$(($(sent "$each") - was_sent))"
done | awk '{ split($2, r, "="); split($3, s, "="); print $0 " " (r[2] == 0 ? "not-routed" : s[2] < r[2] / 2 ? "dropped" : "passes") }'`;
