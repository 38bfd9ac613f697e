/**
 * A small cluster: nodes with a simulated mlx4 driver, initramfs and Open MPI, and a head node with a simulated scontrol and mpirun. The tools are
 * those of the rehearsal, with the host itself as their root. A reboot ends the host's sshd, loads the driver with what the image has, and starts it.
 */
import { readFileSync } from 'node:fs';
import type { HostSetUp } from './fleet-hosts.test-kit.ts';

const lab = ['modinfo', 'modprobe', 'ompi_info', 'update-initramfs', 'lsinitramfs', 'unmkinitramfs', 'scontrol'];
const fromAssets = (name: string, folder = 'openmpi-infiniband') => `cat >/usr/local/lab/${folder}/${name} <<'WRENCHBOOK-TOOL'
${readFileSync(`assets/lab/${folder}/${name}`, 'utf8')}
WRENCHBOOK-TOOL
chmod 755 /usr/local/lab/${folder}/${name}`;
const program = (name: string, text: string) => `cat >/usr/local/bin/${name} <<'WRENCHBOOK-TOOL'
#!/bin/sh
${text}
WRENCHBOOK-TOOL
chmod 755 /usr/local/bin/${name}`;

/** For the machine that all hosts share. */
export const clusterBefore = [
  'mkdir -p /usr/local/lab/openmpi-infiniband /usr/local/lab/common /usr/local/bin "/usr/lib/modules/$(uname -r)" /opt/openmpi/etc /boot /sys/module',
  'echo kernel/drivers/net/mlx4/mlx4_core.ko >"/usr/lib/modules/$(uname -r)/modules.dep"',
  'mkdir -p /run/cluster; chmod 1777 /run/cluster',
  fromAssets('lab-library', 'common'),
  fromAssets('image-library'),
  ...lab.map((name) => fromAssets(name)),
  // Several at once, as the head node is asked for several nodes.
  ...lab.map((name) => program(name, `exec flock "/run/cluster/lock-$(uname -n)" env WRENCHBOOK_LAB=/srv/lab /usr/local/lab/openmpi-infiniband/${name} "$@"`)),
  program(
    'cluster-boot',
    `value=$(sed -n 's/^>options mlx4_core.*log_num_mtt=\\([0-9]*\\).*/\\1/p' /boot/initrd.img-*)
echo "\${value:-0}" >/sys/module/mlx4_core/parameters/log_num_mtt
echo "\${value:-0}" >"/run/cluster/$(uname -n).loaded"
cat /proc/sys/kernel/random/uuid >/srv/lab/boot_id
echo "$(uname -n)" >>/run/cluster/reboots`,
  ),
  program(
    'systemctl',
    // It has its own session before this ends: else the end of ssh's terminal (SIGHUP) may come first, and nothing restarts.
    `[ "$1" = reboot ] || exit 1
setsid -w sh -c 'cluster-reboot </dev/null >/dev/null 2>&1 &'`,
  ),
  program(
    'cluster-reboot',
    `name=$(uname -n) pids=$(cat "/run/host-$(uname -n).pid")
below() { for pid; do cat "/proc/$pid/task/$pid/children"; done; }
children=$(below $pids)
pids="$pids $children $(below $children)"
sleep 1
kill -9 $pids
sleep 1
cluster-boot
echo $$ >"/run/host-$name.pid"
exec /usr/sbin/sshd -D -f "/run/sshd-$name"`,
  ),
  program(
    'mpirun',
    `count=$2 nodes=$4
echo "$*" >>/run/cluster/mpirun
for node in $(echo "$nodes" | tr , ' '); do
  echo "on=$node"
  if [ "$(cat "/run/cluster/$node.loaded")" -lt "$(cat "/run/cluster/$node.needs")" ]; then
    printf '%s\\n' 'WARNING: It appears that your OpenFabrics subsystem is configured to only' 'allow registering part of your physical memory.' "  Local host:              $node"
  fi
done
echo "Process 0 of $count exiting"`,
  ),
].join('\n');

/** Folders that each host has for itself. */
export const clusterPlaces = ['/boot', '/sys', '/opt'];

/** `memory` in MiB; `needs`: the log_num_mtt with which twice of it can be registered. */
export const clusterNode = (memory: number, needs: number, boot: 'free' | 'full' = 'free'): HostSetUp => ({
  setUp: `mkdir -p /srv/lab /sys/module/mlx4_core/parameters /sys/class/infiniband/mlx4_0 /etc/modprobe.d /etc/security
ln -s / /srv/lab/root
printf 'kernel=%s\\nopenmpi=1.6.2\\nboot=${boot}\\n' "$(uname -r)" >/srv/lab/node.state
echo 3 >/sys/module/mlx4_core/parameters/log_mtts_per_seg
echo 0 >/sys/module/mlx4_core/parameters/log_num_mtt
cp "/usr/lib/modules/$(uname -r)/modules.dep" "/boot/initrd.img-$(uname -r)"
printf '# mpi_leave_pinned = 1\\norte_base_help_aggregate = 0' >/opt/openmpi/etc/openmpi-mca-params.conf
sed 's/^MemTotal:.*/MemTotal: ${memory * 1024} kB/' /proc/meminfo >/srv/lab/meminfo
mount --bind /srv/lab/meminfo /proc/meminfo
cat /proc/sys/kernel/random/boot_id >/srv/lab/boot_id
mount --bind /srv/lab/boot_id /proc/sys/kernel/random/boot_id
echo 0 >"/run/cluster/$(uname -n).loaded"; echo ${needs} >"/run/cluster/$(uname -n).needs"`,
});

export const clusterHead = (nodes: readonly string[]): HostSetUp => ({
  setUp: `mkdir -p /srv/lab
ln -s / /srv/lab/root
printf 'openmpi=1.6.2\\n' >/srv/lab/node.state
printf '%s=IDLE\\n' ${nodes.join(' ')} >/srv/lab/slurm.state`,
});
