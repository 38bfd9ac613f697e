/** Open MPI over InfiniBand on a cluster: all memory registerable, no uDAPL warnings, verbs instead of TCP. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

const onLinux = { oneOf: [{ os: 'linux' as const }] };
const onNode = {
  ...onLinux,
  tools: [
    { name: 'modinfo', package: 'kmod or module-init-tools' },
    { name: 'awk', package: 'gawk' },
  ],
};

export const topic = defineTopic({
  id: 'openmpi-infiniband',
  version: 2,
  title: 'Open MPI over InfiniBand on a cluster',
  summary:
    'For mlx4 cards with drivers that know log_num_mtt; today’s kernels and ConnectX-4 (mlx5) need no such option. Lets the card register all memory, takes uDAPL out of Open MPI, and makes Rocks load its module for InfiniBand.',
  category: 'Services & apps',
  platforms: ['Linux'],
  risk: {
    level: 'changes',
    text: 'Changes an option of the InfiniBand driver, makes the initramfs again, and changes what Open MPI uses. Reboots only if you choose that.',
  },
  minutes: 19,
  fixes: [
    'Open MPI warns that only a part of the physical memory can be registered.',
    'Open MPI warns that it failed to open “OpenIB-cma-1” (uDAPL).',
    'Jobs on a Rocks cluster run over TCP although there is InfiniBand.',
  ],
  needs: [
    'Root on the node.',
    'Each node and the head node in turn: a run is about one machine. Many nodes at once: as a fleet.',
    'For draining and a test job: the head node of Slurm, with root for the one and a user who runs jobs for the other.',
  ],
  cannotUndo: ['A reboot. After an undo the driver has its old table from the next reboot on.'],
  corrections: [
    'Not needed with the mlx4_core of kernels since about 3.x, and with ConnectX-4 and newer (mlx5). “About” is uncertain: the driver on disk is asked, and without log_num_mtt nothing is set. A kernel of CentOS 6’s age would most likely not load it with an option it does not know.',
    'The source sets log_num_mtt=24 everywhere. Here it is calculated for twice the memory, as Open MPI’s FAQ advises: 23 for the source’s 128 GiB. A page is not 4 KiB everywhere: arm64 and ppc64 have 64 KiB, too.',
    'The source’s sed makes rocks-openmpi_ib_ib on its second run, and logins then load nothing. That is repaired, too.',
    'The source’s "echo >>" writes onto the last line where the file has no line end, as Debian’s has none. ompi_info then ends with an error.',
    'log_num_mtt=0 stands for the driver’s default, not for none. What the default is differs: the number in the warning says it.',
    'Newer versions of dracut leave the option out of images that are not made for one host: the file is named to dracut. Whether CentOS 6’s dracut takes it by itself is uncertain; the image is looked into.',
    'Open MPI warns below three quarters of the memory, as its developers wrote. It calculates with its own formula, and versions up to about 1.8.3 warn wrongly where the driver sizes the table itself.',
    'Not tried: Rocks itself, Slurm itself, a real card, and the reboot with it. Tried with a stand-in for OFED’s driver: Debian’s module file, in which one option has the name log_num_mtt.',
    'Nodes are drained with Slurm’s scontrol if the head node takes part. Grid Engine, which Rocks brings, is drained by hand: the last step has its lines.',
    'Today: Open MPI 4 and newer use UCX. The last step has the line.',
  ],
  sources: [
    'Notes on a cluster with Rocks 6.1.1 and Open MPI 1.6.2',
    'Open MPI FAQ: tuning the run-time characteristics of OpenFabrics',
    'modprobe.d(5), dracut.conf(5), initramfs-tools(7), ompi_info(1)',
  ],
  search,
  symptoms: [
    { pattern: /allow registering part of your physical memory/i, text: 'allow registering part of your physical memory.' },
    { pattern: /\bRegisterable memory:\s+\d+ MiB/i, text: 'Registerable memory:     32768 MiB' },
    { pattern: /Failed to open "?[\w-]+"? \[DAT_/i, text: 'WARNING: Failed to open "OpenIB-cma-1" [DAT_INVALID_ADDRESS:].' },
    { pattern: /\bDAT: library load failure\b/i, text: 'DAT: library load failure: cannot open shared object file: No such file or directory' },
    { pattern: /open_hca: (?:getaddr_netdev ERROR|device \S+ not found)/i, text: 'open_hca: device mthca0 not found' },
    { pattern: /Unable to locate a modulefile for '?rocks-openmpi/i, text: "ERROR: Unable to locate a modulefile for 'rocks-openmpi_ib_ib'" },
    { pattern: inOrder(/\b(?:open ?mpi|mpirun)\b/i, /\b(?:slow|tcp|not us\w+)\b/i, /\binfiniband\b/i), text: 'Open MPI uses TCP, not InfiniBand' },
  ],
  alsoCalled: [
    'mlx4_core log_num_mtt log_mtts_per_seg registerable memory OpenFabrics',
    'MPI jobs run with erratic performance, hang or crash on InfiniBand nodes',
    'Rocks cluster rocks-openmpi_ib module add HPC roll, btl ^udapl, dat.conf',
    'Open MPI InfiniBand langsam, nur ein Teil des Speichers kann registriert werden',
    'Open MPI lent avec InfiniBand, mémoire enregistrable limitée',
    'Open MPI lento con InfiniBand, memoria registrable limitada',
  ],
  parameters,
  labDefaults: { registerable: '32768', reboot: 'now' },
  steps,
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: onLinux,
  machines: [
    { id: 'node', title: 'Node', purpose: 'has the card and runs jobs', systems: onNode },
    { id: 'head', title: 'Head node', purpose: 'gives jobs to the nodes (Slurm)', optional: true },
  ],
  lab,
});
