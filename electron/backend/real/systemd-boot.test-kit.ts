/** systemd as the first process of a throw-away machine, in namespaces of its own: it starts services, and it can be restarted. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What is asked of a machine that boots. */
export interface Boot {
  /** Services beside sshd, such as `systemd-networkd.service`. */
  units: readonly string[];
  /** Before each start (sh, as root): what a kernel would have forgotten, as the machine has the network of its namespace. */
  powerOn?: string;
}

/** What is not there on a machine without systemd. */
export const bootPackages = ['systemd', 'dbus'];

/** The last part of the machine's script. It starts systemd again when systemd restarts, and ends when it powers off. */
export const bootScript = (group: string, sshd: string, { units, powerOn = '' }: Boot): string => `
for name in messagebus systemd-network; do id "$name" >/dev/null 2>&1 || useradd -r -s /usr/sbin/nologin "$name"; done
: >/etc/machine-id
printf '[Service]\\nExecStart=%s\\nRuntimeDirectory=sshd\\nSendSIGHUP=yes\\nTimeoutStopSec=2\\n' ${JSON.stringify(sshd)} >/etc/systemd/system/machine-sshd.service
printf '[Unit]\\nRequires=basic.target\\nAfter=basic.target\\nWants=machine-sshd.service ${units.join(' ')}\\nAllowIsolate=yes\\n' >/etc/systemd/system/machine.target
mkdir -p /srv/boot
cat >/srv/boot/power-on.sh <<'BOOT'
mount -t proc proc /proc
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
mount -t sysfs -o ro sysfs /sys
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t tmpfs -o mode=755 run /run
mount -t tmpfs -o mode=1777 tmp /tmp
${powerOn}
exec env -i container=wrenchbook PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=machine.target --show-status=no
BOOT
mkdir /srv/groups
mount -t cgroup2 cgroup2 /srv/groups
mkdir /srv/groups/${group}
echo $$ >/srv/groups/${group}/cgroup.procs
set +e
hung_up=129 # how a restart ends the first process of a namespace: pid_namespaces(7)
ended=$hung_up
while [ $ended = $hung_up ]; do
  unshare --mount --pid --uts --ipc --cgroup --fork --kill-child sh /srv/boot/power-on.sh </dev/null
  ended=$?
done
`;

/** The process that is systemd, where this one runs the script; empty while it restarts. */
export function systemdBelow(script: string): string {
  const unshare = childrenOf(script).find((child) => read(`/proc/${child}/comm`) === 'unshare');
  const [systemd = ''] = unshare ? childrenOf(unshare) : [];
  return read(`/proc/${systemd}/comm`) === 'systemd' ? systemd : '';
}

export const childrenOf = (pid: string): string[] => read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);

/** Takes the machine's control groups away; its processes have to be gone. */
export function removeGroup(group: string): void {
  const script = 'mount -t cgroup2 cgroup2 /mnt && if [ -e "/mnt/$1" ]; then find "/mnt/$1" -depth -type d -exec rmdir {} +; fi';
  for (let tries = 0; tries < 50; tries += 1) {
    if (spawnSync('unshare', ['--mount', 'sh', '-c', script, 'sh', group]).status === 0) return;
    spawnSync('sleep', ['0.1']); // the last of them are still ending
  }
}

/** Empty where the process is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1').trim();
  } catch {
    return '';
  }
}
