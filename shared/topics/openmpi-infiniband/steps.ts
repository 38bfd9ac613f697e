/** The driver's table, what Open MPI uses, and what is left to do elsewhere. */
import type { Matcher, Remedy, Step, TopicContext } from '../../topic-kit/index.ts';
import { sh } from '../../topic-kit/index.ts';
import { dracutStep, optionsStep } from './driver.ts';
import { imageStep } from './initramfs.ts';
import { jobStep } from './job.ts';
import { look } from './look.ts';
import { fragmentStep, profileStep, udaplStep } from './open-mpi.ts';
import type { Parameters } from './parameters.ts';
import { enough, optionsPath } from './reading.ts';
import { drainStep, resumeStep } from './slurm.ts';

const reboot: Step = {
  kind: 'command',
  id: 'reboot',
  title: 'Reboot the node',
  intro: 'Ends all jobs on it: drain it in the scheduler first. Have its console at hand.',
  danger: 'changes',
  runsOn: 'the node',
  needsRoot: true,
  minutes: 5,
  restarts: { within: 15 },
  script: sh`if command -v systemctl > /dev/null 2>&1; then systemctl reboot; else shutdown -r now; fi`,
  matchers: [
    {
      kind: 'failure',
      id: 'inhibited',
      pattern: /^(?:Operation inhibited by|Failed to (?:reboot|start reboot\.target))/,
      means: 'systemd did not reboot the node.',
      next: 'End what is named above, and run the step again.',
    },
    {
      kind: 'harmless',
      id: 'cut-off',
      pattern: /^(?:Call to Reboot failed|Failed to (?:read|wait for) .*): Connection reset by peer$/,
      text: 'Call to Reboot failed: Connection reset by peer',
      means: 'systemd was quicker than its answer. Whether the node boots is seen next.',
    },
  ],
  irreversible: 'A reboot cannot be undone.',
};

const loadedWith: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'no-card',
    pattern: /^cards=0$/,
    means: 'No mlx4 card is there after the boot. Some old cards and drivers do not come up with a large table.',
    next: 'Read "dmesg | grep mlx4". Undo and reboot again, or set log_num_mtt one lower by hand.',
  },
  {
    kind: 'expected',
    id: 'uses-it',
    pattern: /^twice-the-memory=yes$/,
    means: 'The driver has loaded with the option: twice the memory can be registered.',
    missing: 'The driver has not loaded with a table for twice the memory.',
    next: 'Compare "modprobe -c | grep mlx4_core" with the image. Another kernel than before may have booted.',
  },
];
const after: Step = {
  kind: 'command',
  id: 'after',
  title: 'Check the driver after the boot',
  intro: 'Reads what the driver has loaded with, and calculates with it.',
  danger: 'reads',
  runsOn: 'the node',
  needsRoot: true,
  script: enough('running'),
  matchers: loadedWith,
};

const elsewhere = ({ table, cluster }: Parameters, head: boolean): Step => ({
  kind: 'manual',
  id: 'elsewhere',
  title: 'Do the rest of the cluster, and try a job',
  intro: 'This run was about one machine. Jobs use the slowest of their nodes.',
  danger: 'reads',
  runsOn: 'the head node',
  instructions: [
    'Run this procedure on the head node and on each compute node. The value differs where the memory differs.',
    'Drain a node in the scheduler before you reboot it.',
    `Then run ${head ? 'osu_bw or ib_write_bw' : 'a job'} over two nodes. ${head ? 'It' : 'The warnings must be gone, and osu_bw or ib_write_bw'} shows GB/s, not 100 MB/s.`,
  ],
  cards: [
    {
      title: 'Drain a node, and use it again',
      lines: [
        "qmod -d '*@compute-0-0'",
        "qmod -e '*@compute-0-0'",
        'scontrol update NodeName=node1 State=DRAIN Reason=mtt',
        'scontrol update NodeName=node1 State=RESUME',
      ],
      note: 'Grid Engine, then Slurm.',
    },
    ...(cluster === 'rocks'
      ? [
          {
            title: 'Check and use extend-compute.xml, on the head node',
            lines: [
              'xmllint --noout /export/rocks/install/site-profiles/6.1.1/nodes/extend-compute.xml',
              'rocks list host profile compute-0-0 > /dev/null',
              'cd /export/rocks/install && rocks create distro',
            ],
            note: 'Copy skeleton.xml if the file is not there. Do not reinstall nodes for this: that erases their system disks.',
          },
        ]
      : []),
    {
      title: 'Locked memory, on each node',
      lines: ["printf '* soft memlock unlimited\\n* hard memlock unlimited\\n' > /etc/security/limits.d/95-memlock.conf"],
      note: 'Then restart the daemon that starts jobs, with "ulimit -l unlimited" in its init script or LimitMEMLOCK=infinity in its unit.',
    },
    {
      title: 'Try it',
      lines: ['mpirun -np 2 -host node1,node2 --mca btl openib,self,sm --mca btl_base_verbose 30 ./a.out'],
      note: 'Open MPI 4 and newer: "--mca pml ucx" in the place of "--mca btl …". Open MPI 5 has no openib any more.',
    },
    ...(table === 'set' ? [{ title: 'What the driver has loaded with, after a reboot', lines: ['grep . /sys/module/mlx4_core/parameters/*mtt*'] }] : []),
  ],
});

export function steps(values: Parameters, { machines = [] }: Partial<TopicContext>): Step[] {
  const reboots = values.table === 'set' && values.reboot === 'now';
  const head = machines.includes('head');
  return [
    look(values),
    ...(reboots && head ? [drainStep] : []),
    ...(values.table === 'set' ? [optionsStep, ...(values.initramfs === 'dracut' ? [dracutStep] : []), imageStep(values)] : []),
    ...(values.udapl === 'exclude' ? [udaplStep(values)] : []),
    ...(values.cluster === 'rocks' ? [profileStep(), fragmentStep(values, optionsPath)] : []),
    ...(reboots ? [reboot, after] : []),
    ...(reboots && head ? [resumeStep] : []),
    ...(head ? [jobStep(values)] : []),
    elsewhere(values, head),
  ];
}

export const remedies: readonly Remedy[] = [
  {
    id: 'other-file',
    title: 'Take the option out of the other file',
    explanation: 'Remove log_num_mtt from the other file in /etc/modprobe.d. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-mpi-hand other-file`,
    afterwards: 'retry',
  },
  {
    id: 'room',
    title: 'Make room in /boot',
    explanation: 'Remove a kernel that you no longer need, with the package manager. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-mpi-hand room`,
    afterwards: 'retry',
  },
];
