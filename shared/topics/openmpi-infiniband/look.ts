/** The first step: memory, page size, the driver, and whether it knows the option. */
import { file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { configured, driver } from './reading.ts';

const common = { runsOn: 'the node', needsRoot: true } as const;
const notNeeded: Matcher[] = [
  {
    kind: 'failure',
    id: 'not-needed',
    pattern: /^knows=0$/,
    given: /^driver=mlx4$/,
    alone: true,
    means: 'This mlx4_core has no log_num_mtt: it sizes the table by the memory. A kernel of CentOS 6’s age would not load it with the option.',
    next: 'Start a new run with the table left alone. If Open MPI still warns, it calculates with the old formula: use a newer Open MPI.',
  },
  {
    kind: 'failure',
    id: 'mlx5',
    pattern: /^driver=mlx5$/,
    alone: true,
    means: 'The card is a ConnectX-4 or newer (mlx5). It has no such limit.',
    next: 'Start a new run with the table left alone.',
  },
  {
    kind: 'failure',
    id: 'no-driver',
    pattern: /^driver=none$/,
    alone: true,
    means: 'No mlx4 driver is loaded.',
    next: 'If there is a card, run "modprobe mlx4_core" and read "dmesg": an option that the driver does not know may keep it from loading.',
  },
];
const read = (name: string, title: string): Matcher => ({
  kind: 'expected',
  id: name,
  pattern: new RegExp(`^${name.replaceAll('.', '\\.')}=\\d+$`),
  means: `${title} is known.`,
  missing: `${title} could not be read.`,
  next: 'Read the lines above. Without it nothing can be calculated.',
});

export const look = ({ table }: Parameters): Step => ({
  ...common,
  kind: 'command',
  id: 'look',
  title: 'Check memory, driver and limits',
  intro: 'Shows the memory, the page size, what the driver has loaded with, and whether it knows the option.',
  danger: 'reads',
  script: sh`${driver}
${configured}
uname -n | sed 's/\\..*//; s/^/node=/'
ls ${file('/lib/modules')} | grep -c . | sed 's/^/kernels=/'
cat ${file('/etc/security/limits.conf')} ${file('/etc/security/limits.d')}/*.conf 2> /dev/null | grep -c '^[^#]*memlock' | sed 's/^/memlock-lines=/'`,
  saves: [
    { id: 'node-name', title: 'Node', pattern: /^node=([\w-]+)$/, ofAll: true },
    { id: 'memory', title: 'Memory (MiB)', pattern: /^memory=(\d+)$/ },
    { id: 'page', title: 'Page size (bytes)', pattern: /^page=(\d+)$/ },
    { id: 'per-segment', title: 'log_mtts_per_seg', pattern: /^running\.log_mtts_per_seg=(\d+)$/ },
    { id: 'configured-before', title: 'log_num_mtt before', pattern: /^configured\.log_num_mtt=(\d+|none)$/ },
  ],
  matchers: [
    ...(table === 'set'
      ? [
          ...notNeeded,
          {
            kind: 'expected' as const,
            id: 'knows',
            pattern: /^knows=[1-9]/,
            means: 'The driver on disk knows log_num_mtt.',
            missing: 'modinfo does not say whether the driver knows log_num_mtt.',
            next: 'Check "modinfo -p mlx4_core". Without an answer the option must not be set.',
          },
          read('running.log_mtts_per_seg', 'log_mtts_per_seg'),
        ]
      : []),
    {
      kind: 'expected' as const,
      id: 'node',
      pattern: /^node=[\w-]+$/,
      means: 'The name of the node is known.',
      missing: 'The name of the node could not be read.',
      next: 'Check "uname -n".',
    },
    read('memory', 'The memory'),
    read('page', 'The page size'),
    {
      kind: 'warning',
      id: 'kernels',
      pattern: /^kernels=(?:[2-9]|\d\d)/,
      means: 'There are several kernels. The initramfs is made for the one that runs now.',
      next: 'If another one boots next, boot it first, and run this there.',
    },
    {
      kind: 'warning',
      id: 'memlock',
      pattern: /^memlock-lines=0$/,
      means: 'No file sets memlock. InfiniBand needs it unlimited, for users and for the daemon that starts jobs.',
      next: 'The last card says how. It shows as "RLIMIT_MEMLOCK" or "error registering openib memory".',
    },
  ],
});
