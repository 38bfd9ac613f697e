/** The proof that counts: one job over all nodes that were worked on, started on the head node. */
import { anywhere, fact, file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

const smallTable = { pattern: /allow registering part of your physical memory/, alone: true } as const;

/** Before the reboot the driver still has its old table. */
const memory = ({ table, reboot }: Parameters): Matcher[] => {
  if (table !== 'set') return [];
  if (reboot === 'now')
    return [
      {
        ...smallTable,
        kind: 'failure',
        id: 'small-table',
        means: 'On a node, still only a part of the memory can be registered. “Local host:” names it.',
        next: 'Look at /sys/module/mlx4_core/parameters/log_num_mtt on that node.',
      },
    ];
  return [
    {
      ...smallTable,
      kind: 'warning',
      id: 'table-later',
      means: 'A node has not loaded its driver with the new table yet.',
      next: 'Reboot it when no job runs on it, and try a job again.',
    },
  ];
};

export const jobStep = (values: Parameters): Step => ({
  kind: 'command',
  id: 'job',
  on: 'head',
  inFleet: 'one',
  title: 'Run a job over the nodes',
  intro: 'Starts one process on each node, over InfiniBand alone. Each names its node and runs the MPI program of the form.',
  danger: 'reads',
  runsOn: 'the head node',
  minutes: 1,
  script: sh`PATH=$PATH:${file('/opt/openmpi/bin')}:${file('/usr/lib64/openmpi/bin')}
set -- ${fact('node-name', 'words')}
count=$#
nodes=$(IFS=,; echo "$*")
case $(ompi_info -a --parsable 2> /dev/null | sed -n 's/^ompi:version:full://p') in
1.* | 2.* | 3.*) set -- --mca btl openib,self,sm ;;
*) set -- --mca pml ucx ;;
esac
said=$(mpirun -np "$count" -host "$nodes" "$@" sh -c 'echo "on=$(uname -n)"; exec "$0"' ${anywhere(values.job)} 2>&1)
status=$?
printf '%s\\n' "$said"
answered=$(printf '%s\\n' "$said" | grep -o 'on=[[:alnum:]._-]*' | sort -u | grep -c .)
echo "nodes=$count answered=$answered mpirun=$status"
[ "$answered" -eq "$count" ] && echo all-nodes=yes || echo all-nodes=no
[ $status -eq 0 ] && echo job=done || echo job=failed`,
  matchers: [
    {
      kind: 'failure',
      id: 'as-root',
      pattern: /mpi(?:run|exec) has detected an attempt to run as root/,
      alone: true,
      means: 'Open MPI starts no job for root.',
      next: 'Reach the head node as a user who runs jobs.',
    },
    {
      kind: 'failure',
      id: 'no-login',
      pattern: /^(?:\S+: )?(?:Permission denied \(|Host key verification failed)/,
      alone: true,
      means: 'The head node cannot log in to a node without a password, and mpirun starts its processes in this way.',
      next: 'Try "ssh NODE true" on the head node as the user who runs jobs.',
    },
    ...memory(values),
    ...(values.udapl === 'exclude'
      ? [
          {
            kind: 'failure' as const,
            id: 'udapl-used',
            pattern: /Failed to open "?[\w-]+"? \[DAT_/,
            alone: true as const,
            means: 'A node still tries uDAPL.',
            next: 'Compare openmpi-mca-params.conf on the nodes and on the head node.',
          },
        ]
      : []),
    {
      kind: 'expected',
      id: 'all-nodes',
      pattern: /^all-nodes=yes$/,
      means: 'Each node has answered.',
      missing: 'Not every node has answered.',
      next: 'Compare the lines “on=” with the nodes, and look at the missing ones.',
    },
    {
      kind: 'expected',
      id: 'job-done',
      pattern: /^job=done$/,
      means: 'The job ran to its end over InfiniBand.',
      missing: 'The job failed.',
      next: 'Read the lines above. The MPI program has to be under the same path on all nodes.',
    },
  ],
});
