/** What the Mac says of its switch, its service and its addresses. Scripts that only read; awk is BSD’s. */
import { type Script, sh } from '../../topic-kit/index.ts';
import { key } from './parameters.ts';

/** `version=`, `opmode=` (`none`: this kernel does not have it), `service=`, `mode=`, `hardware=`. */
export const showMac = (iface: string): Script => sh`printf 'version=%s\\n' "$(sw_vers -productVersion)"
said=$(sysctl ${key} 2>&1)
case $said in *"unknown oid"*) echo opmode=none ;; *${key}:*) printf 'opmode=%s\\n' "\${said##*: }" ;; *) echo opmode=unread ;; esac
${serviceOf(iface)}
printf 'service=%s\\n' "$service"
[ -z "$service" ] || networksetup -getinfo "$service" | sed -n 's/^IPv6: /mode=/p'
networksetup -listallhardwareports | awk -v device=${iface} '/^Device: / { on = ($2 == device) } on && /^Ethernet Address: / { print "hardware=" $3; on = 0 }'`;

/** Sets `$service`: the network service of the interface, empty where there is none. */
export const serviceOf = (iface: string): Script => sh`service=$(networksetup -listnetworkserviceorder | awk -v device=${iface} '
  /^[(][0-9*]+[)] / { name = $0; sub(/^[(][0-9*]+[)] /, "", name) }
  index($0, "Device: " device ")") { print name; exit }')`;

/**
 * Defines `wb_addresses`: `mac=`, `host=` (what the MAC gives), and a line for each address: `address=… scope=link|global kind=…`. Whether the
 * host part is that of the MAC is compared with all zeros written out.
 */
export const defineAddresses = (iface: string): Script => sh`wb_addresses() { ifconfig ${iface} | awk '
  function padded(text, width) { text = sprintf("%" width "s", text); gsub(/ /, "0", text); return text }
  function full(text,   at, left, right, n, m, i, out) {
    at = index(text, "::"); m = 0
    if (at) { n = split(substr(text, 1, at - 1), left, ":"); m = split(substr(text, at + 2), right, ":") } else n = split(text, left, ":")
    out = ""
    for (i = 1; i <= n; i++) out = out padded(left[i], 4) ":"
    for (i = n + m; i < 8; i++) out = out "0000:"
    for (i = 1; i <= m; i++) out = out padded(right[i], 4) ":"
    return out
  }
  $1 == "ether" {
    split(tolower($2), b, ":")
    for (i = 1; i <= 6; i++) b[i] = padded(b[i], 2)
    host = substr(b[1], 1, 1) substr("23016745ab89efcd", index("0123456789abcdef", substr(b[1], 2, 1)), 1) b[2] ":" b[3] "ff:fe" b[4] ":" b[5] b[6]
    print "mac=" b[1] ":" b[2] ":" b[3] ":" b[4] ":" b[5] ":" b[6]
    print "host=" host
  }
  $1 == "inet6" {
    text = tolower($2); sub(/%.*/, "", text); words = " " $0 " "
    scope = (text ~ /^fe[89ab]/) ? "link" : "global"
    kind = (host != "" && substr(full(text), 21, 19) == host) ? "eui64" : "other"
    if (index(words, " dynamic ")) kind = "dynamic"
    if (index(words, " temporary ")) kind = "temporary"
    if (index(words, " secured ")) kind = "secured"
    if (index(words, " tentative ")) kind = "tentative"
    if (index(words, " duplicated ")) kind = "duplicated"
    print "address=" text " scope=" scope " kind=" kind
  }'
}`;

/**
 * Waits half a minute for an address of this kind, as a router’s announcement may take that long; not where one of these shows that it won’t come.
 * Sets `$address`, and prints all.
 */
export const waitForAddress = (iface: string, wanted: Script, hopeless: readonly string[]): Script => sh`${defineAddresses(iface)}
n=0 address=
while [ $n -lt 30 ]; do
  address=$(wb_addresses | ${wanted} | sed -n '1s/^address=\\([^ ]*\\) .*/\\1/p')
  [ -z "$address" ] && ! wb_addresses | grep ${hopeless.flatMap((kind) => ['-e', `kind=${kind}$`])} >/dev/null || break
  sleep 1; n=$((n + 1))
done
wb_addresses`;

/** Whether the router answers when it is asked from `$address`: then the network knows the way to it. */
export const askRouter = (
  iface: string,
): Script => sh`router=$(netstat -rn -f inet6 | awk -v device=${iface} '$1 == "default" && ($4 == device || index($2, "%" device)) { print $2; exit }')
if [ -z "$router" ] || [ -z "$address" ]; then echo reach=untried
elif ping6 -c 3 -S "$address" "$router" >/dev/null 2>&1; then printf 'reach=yes from %s\\n' "$address"
else echo reach=no
fi`;

/** The line for the zone. */
export const showDns = (name: string): Script => sh`name=${name}
[ -n "$name" ] || name=$(hostname)
[ -z "$address" ] || printf 'for the zone: %s. IN AAAA %s\\n' "\${name%.}" "$address"`;
