/** The rehearsal: a compute node of a small Rocks cluster, with 128 GiB of memory and a ConnectX-3. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

const debian = 'Debian, reboot later';
const params = '#\n# This is the default system-wide MCA parameters defaults file.\n#\n\n# mpi_leave_pinned = 1\norte_base_help_aggregate = 0';

const files = (failure: string | null, parameters?: Readonly<Record<string, unknown>>): LabFile[] => {
  const isDebian = parameters?.initramfs === 'initramfs-tools';
  const kernel = isDebian ? '4.19.0-27-amd64' : '2.6.32-504.16.2.el6.x86_64';
  const driver = 'kernel/drivers/net/mlx4/mlx4_core.ko\n';
  return [
    { path: 'plays', content: `${failure ?? ''}\n` },
    { path: 'node.state', content: `kernel=${kernel}\nopenmpi=${isDebian ? '1.6.5' : '1.6.2'}\nboot=${failure === 'boot-full' ? 'full' : 'free'}\n` },
    { path: 'units/sshd.service', content: 'Description=OpenSSH server daemon\nActiveState=active\nSubState=running\nUnitFileState=enabled\n' },
    { path: 'root/proc/meminfo', content: 'MemTotal:       134110208 kB\nMemFree:        127000000 kB\n' },
    { path: 'root/sys/module/mlx4_core/parameters/log_num_mtt', content: '0\n' },
    { path: 'root/sys/module/mlx4_core/parameters/log_mtts_per_seg', content: '3\n' },
    { path: 'root/sys/class/infiniband/mlx4_0/node_type', content: '1: CA\n' },
    { path: `root/lib/modules/${kernel}/modules.dep`, content: driver },
    { path: isDebian ? `root/boot/initrd.img-${kernel}` : `root/boot/initramfs-${kernel}.img`, content: driver },
    { path: 'root/etc/modprobe.d/blacklist.conf', content: 'blacklist iTCO_wdt\n' },
    ...(failure === 'other-file' ? [{ path: 'root/etc/modprobe.d/ofed.conf', content: 'options mlx4_core log_num_mtt=20\n' }] : []),
    { path: 'root/etc/dracut.conf.d/.keep', content: '' },
    { path: 'root/etc/security/limits.conf', content: '# <domain> <type> <item> <value>\n' },
    { path: 'root/var/lib/wrenchbook/.keep', content: '' },
    ...(['/opt/openmpi/etc', '/etc/openmpi'] as const).map((folder) => ({
      path: `root${folder}/openmpi-mca-params.conf`,
      content: params,
    })),
    { machine: 'head', path: 'plays', content: `${failure ?? ''}\n` },
    { machine: 'head', path: 'node.state', content: `openmpi=${isDebian ? '1.6.5' : '1.6.2'}\n` },
    { machine: 'head', path: 'slurm.state', content: `compute-0-0=${failure === 'jobs-run' ? 'MIXED' : 'IDLE'}\n` },
    { machine: 'head', path: 'root/opt/openmpi/etc/openmpi-mca-params.conf', content: params },
    ...(isDebian
      ? []
      : [
          { path: 'root/etc/profile.d/rocks-hpc.sh', content: 'if [ -d /opt/modulefiles ]; then\n\tmodule add rocks-openmpi\nfi\n' },
          { path: 'root/etc/profile.d/rocks-hpc.csh', content: 'if ( -d /opt/modulefiles ) then\n\tmodule add rocks-openmpi\nendif\n' },
        ]),
  ];
};

const failures: readonly LabFailure[] = [
  {
    id: 'not-needed',
    title: 'The driver has no such option',
    story: 'The kernel is newer, and its mlx4_core sizes the table by the memory. Nothing is changed.',
    stopsAt: { step: 'look', rule: 'not-needed' },
    wayOut: 'undo',
    inWay: null,
  },
  {
    id: 'jobs-run',
    title: 'Jobs still run on the node',
    story: 'The node gets no new jobs, and a long one runs on. Nothing of the node is changed.',
    stopsAt: { step: 'drain', rule: 'jobs' },
    wayOut: 'undo',
    inWay: null,
  },
  {
    id: 'no-answer',
    title: 'A node does not answer mpirun',
    story: 'The head node cannot log in to it without a password.',
    stopsAt: { step: 'job', rule: 'no-login' },
    wayOut: 'undo',
    inWay: null,
  },
  {
    id: 'other-file',
    title: 'Another file sets it, too',
    story: 'OFED’s own file is read later, and its smaller value counts.',
    stopsAt: { step: 'options', rule: 'twice' },
    wayOut: 'remedy',
    inWay: null,
  },
  {
    id: 'boot-full',
    title: '/boot is full',
    story: 'The new image cannot be written. The old one is put back at once.',
    stopsAt: { step: 'initramfs', rule: 'not-built' },
    wayOut: 'remedy',
    inWay: debian,
  },
  {
    id: 'no-module',
    title: 'The module is not on this node',
    story: 'The login would end with “Unable to locate a modulefile”, as it does after a second run of the source’s command.',
    stopsAt: { step: 'profile', rule: 'no-module' },
    wayOut: 'undo',
    inWay: null,
  },
  {
    id: 'card-gone',
    title: 'The card does not come up',
    story: 'Its firmware is old, and it refuses the larger table.',
    stopsAt: { step: 'after', rule: 'no-card' },
    wayOut: 'undo',
    inWay: null,
  },
];

export const lab: Lab = {
  scenario: 'A compute node on which Open MPI says that only a part of the memory can be registered',
  failures,
  facts: { 'node-name': 'compute-0-0', memory: '130967', page: '4096', 'per-segment': '3', 'configured-before': 'none', 'udapl-before': 'used' },
  ways: {
    [debian]: { initramfs: 'initramfs-tools', cluster: 'other', reboot: 'later', params: '/etc/openmpi/openmpi-mca-params.conf' },
  },
  without: { [debian]: ['head'] },
  files,
};
