/** Where the rule is, and what the system says of it: scripts that the check and the steps share. */
import { anywhere, file, type Script, sh } from '../../topic-kit/index.ts';

export const rulePath = '/etc/udev/rules.d/85-ifupdown.rules';
export const rule = file(rulePath);
/** Whether this procedure has moved it away. */
export const isMoved: Script = sh`ls ${file('/var/lib/wrenchbook/moved')} 2>/dev/null | grep -q ${anywhere('etc-udev-rules.d-85-ifupdown.rules')} && echo moved=yes`;
/** Rules that packages of ifupdown bring. */
export const packaged = sh`ls ${file('/lib/udev/rules.d')} ${file('/usr/lib/udev/rules.d')} 2>/dev/null | grep -E '^[0-9]+-ifupdown\\.rules$' | head -n 1`;

/**
 * Whose file it is: nobody's, a package's, or one that the package of an earlier release has left behind ("obsolete" in dpkg's words).
 * dpkg names a file of its own also when it is obsolete.
 */
export const owner: Script = sh`if p=$(dpkg -S ${anywhere(rulePath)} 2>/dev/null); then
  if dpkg-query -W -f '\${Conffiles}\\n' "\${p%%:*}" | grep -q -E ${anywhere(`^ ${rulePath} [^ ]+ obsolete`)}; then echo owner=left-behind; else echo "owner=\${p%%:*}"; fi
else echo owner=none; fi`;

/** What ifup has said since this boot that shows that another ifup was first. ifupdown 0.8.41 prints the first only for one that is named. */
export const twice = /ifup: (?:interface \S+ already configured|waiting for lock on \S*\/ifstate\.\S+)/;
const messages = sh`journalctl -b --no-pager -o cat | grep -E 'ifup: (interface [^ ]+ already configured|waiting for lock on [^ ]*/ifstate\\.)'`;

/** The last of them, and `messages=` with their number: only where the journal of this boot can be read, as none of an empty one says nothing. */
export const messagesCounted = sh`if [ "$(journalctl -b -q --no-pager -o cat -n 1 | wc -l)" -gt 0 ]; then
  said=$(${messages}); printf '%s\\n' "$said" | tail -n 5
  printf '%s\\n' "$said" | grep -c ifup | sed 's/^/messages=/'
else echo 'The journal of this boot could not be read.'; fi`;

/** What udev would do for the interface: which files it reads, and which of them run something for it. */
export const udevTest = (
  iface: string,
): Script => sh`said=$(udevadm test --action=add ${file(`/sys/class/net/${iface}`)} 2>&1 </dev/null) || echo "udevadm: status $?"
printf '%s\\n' "$said" | grep -c -E '/[0-9]+-[^/]*\\.rules' | sed 's/^/udev-names-rules=/'
printf '%s\\n' "$said" | grep -c -E '[/]etc/udev/rules\\.d/85-ifupdown\\.rules' | sed 's/^/udev-names-old-rule=/'`;
