/** Scripts that look at the machine's ids without showing one: the id is confidential, machine-id(5). */
import { file, type Script, sh } from '../../topic-kit/index.ts';

export const idPath = '/etc/machine-id';
export const dbusPath = '/var/lib/dbus/machine-id';

/** `machine-id=` a fingerprint of the id, `empty`, `invalid` or `none`. */
export const fingerprint: Script = sh`if [ ! -e ${file(idPath)} ]; then echo machine-id=none
elif [ ! -s ${file(idPath)} ] || grep -q -x uninitialized ${file(idPath)}; then echo machine-id=empty
elif grep -q -x -E '[0-9a-f]{32}' ${file(idPath)}; then sha256sum ${file(idPath)} | sed 's/^\\(............\\).*/machine-id=\\1/'
else echo machine-id=invalid; fi`;

/** `dbus=` link, copy, none, or `other`: a copy of another id. */
export const dbus: Script = sh`if [ -L ${file(dbusPath)} ]; then echo dbus=link
elif [ ! -e ${file(dbusPath)} ]; then echo dbus=none
elif cmp -s ${file(idPath)} ${file(dbusPath)}; then echo dbus=copy; else echo dbus=other; fi`;

/** As what this machine asks its DHCP server: by MAC address, or by the id. */
export const dhcpClient: Script = sh`grep -s -h -E '^(ClientIdentifier|DUIDType)=' ${file('/etc/systemd/network')}/*.network ${file('/run/systemd/network')}/*.network | sort -u
grep -s -h -E 'dhcp-identifier: *mac' ${file('/etc/netplan')}/*.yaml | sed 's/^ */netplan: /' | sort -u
systemctl is-active systemd-networkd.service | sed 's/^/networkd=/'`;
