/** What the Mac says of itself and of the job. Scripts that only read; they run under the shell of OS X 10.9. */
import { file, sh } from '../../topic-kit/index.ts';
import { label, plist } from './parameters.ts';

/** `version=`, and `sip=` from 10.11 on. */
export const system = sh`printf 'version=%s\\n' "$(sw_vers -productVersion)"
if command -v csrutil >/dev/null 2>&1; then csrutil status | sed -n 's/^System Integrity Protection status: \\([a-z]*\\).*/sip=\\1/p'; else echo sip=none; fi`;

/** `format=`, `pressured=`, `loopback=` and `open=`: how many listeners have an address of the loopback, and how many a service and no address. */
export const jobFile = sh`if [ -r ${file(plist)} ]; then
  case $(head -c 6 ${file(plist)}) in bplist) echo format=binary ;; *) echo format=xml ;; esac
  one=$(plutil -convert xml1 -o - ${file(plist)} | tr -d '\\n\\t\\r')
  pressured=$(printf '%s\\n' "$one" | sed -n 's#.*<key>EnablePressuredExit</key> *<\\([a-z]*\\) */>.*#\\1#p')
  printf 'pressured=%s\\n' "\${pressured:-none}"
  dicts=$(printf '%s\\n' "$one" | awk '{ gsub(/<dict>/, "\\n<dict>"); print }' | grep '<key>SockServiceName</key>') || :
  printf 'loopback=%s\\nopen=%s\\n' "$(printf '%s\\n' "$dicts" | grep -c '<key>SockNodeName</key>')" "$(printf '%s\\n' "$dicts" | grep -v '<key>SockNodeName</key>' | grep -c SockServiceName)"
  printf 'sum=%s\\n' "$(cksum <${file(plist)})"
else echo format=none
fi`;

/** `exits=`: how often memory pressure has ended cupsd, by the logs that are there. */
export const exits = sh`count=0
for log in ${file('/var/log')}/system.log*; do
  case $log in
  *.gz) found=$(gzip -dc "$log" 2>/dev/null | grep -c 'idle exiting pid [0-9]* .cupsd.') ;;
  *.bz2) found=$(bzip2 -dc "$log" 2>/dev/null | grep -c 'idle exiting pid [0-9]* .cupsd.') ;;
  *) found=$(grep -c 'idle exiting pid [0-9]* .cupsd.' "$log" 2>/dev/null) ;;
  esac
  [ -r "$log" ] && count=$((count + \${found:-0})) && logs=read
done
if [ -n "\${logs-}" ]; then echo "exits=$count"; else echo exits=unread; fi`;

/** `runs=`, and where launchd listens: `port=…` lines. */
export const listening = sh`launchctl list ${label} >/dev/null 2>&1 && echo job=loaded || echo job=missing
netstat -an -p tcp | sed -n 's/^tcp[0-9]* .* \\([^ ]*[.]631\\) .*LISTEN.*/port=\\1/p' | sort -u`;
