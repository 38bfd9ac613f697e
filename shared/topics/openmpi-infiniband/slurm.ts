/** The head node's part: Slurm gives the node no new jobs while it is worked on, and uses it again when all is proved. */
import { fact, file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';

const node = fact('node-name');
const common = { kind: 'command', on: 'head', danger: 'changes', runsOn: 'the head node', needsRoot: true, inFleet: { forEach: 'node' } } as const;

/** What Slurm says of the node: `state=`, `drain=yes|no`, and `jobs=yes` while some run there. */
const asked = sh`PATH=$PATH:${file('/usr/local/bin')}:${file('/opt/slurm/bin')}
ask() {
  said=$(scontrol show node ${node} 2>&1) || printf '%s\\n' "$said"
  state=$(printf '%s\\n' "$said" | sed -n 's/^ *State=\\([^ ]*\\).*/\\1/p')
  case $state in '') drain=unknown ;; *DRAIN*) drain=yes ;; *) drain=no ;; esac
  case $state in *ALLOCATED* | *MIXED* | *COMPLETING*) jobs=yes ;; *) jobs=no ;; esac
}
ask`;
const shown = sh`printf 'state=%s\\ndrain=%s\\njobs=%s\\n' "$state" "$drain" "$jobs"`;
const state = sh`${asked}
${shown}`;

const notAsked: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'no-slurm',
    pattern: /\bscontrol: (?:command )?not found/,
    alone: true,
    means: 'This machine has no scontrol: it is not a head node with Slurm.',
    next: 'Start a new run without the head node, and drain the node by hand. The last step has the lines for Grid Engine, too.',
  },
  {
    kind: 'failure',
    id: 'no-node',
    pattern: /^Node \S+ not found/,
    alone: true,
    means: 'Slurm does not know this node under its host name.',
    next: 'Compare NodeName in slurm.conf with "hostname -s" on the node.',
  },
];
const refused: Matcher = {
  kind: 'failure',
  id: 'refused',
  pattern: /^slurm_update error: /,
  means: 'Slurm did not change the state of the node.',
  next: 'Root or an operator of Slurm may do that: see "sacctmgr show user".',
};

export const drainStep: Step = {
  ...common,
  id: 'drain',
  title: 'Drain the node in Slurm',
  intro: 'It gets no new jobs. Those that run on it are waited for, half an hour at most.',
  minutes: 2,
  long: true,
  before: {
    script: state,
    saves: [{ id: 'drained-before', title: 'Drained before', pattern: /^drain=(yes|no)$/ }],
    matchers: notAsked,
  },
  script: sh`${asked}
if [ "$drain" = yes ]; then echo 'It is drained already.'; else scontrol update NodeName=${node} State=DRAIN Reason=wrenchbook-mtt; ask; fi
tries=0
while [ "$jobs" = yes ] && [ $tries -lt 60 ]; do sleep 30; tries=$((tries + 1)); ask; done
${shown}`,
  matchers: [refused],
  verify: {
    script: state,
    matchers: [
      {
        kind: 'failure',
        id: 'jobs',
        pattern: /^jobs=yes$/,
        means: 'Jobs still run on the node. It gets no new ones.',
        next: 'Wait for their end ("squeue -w NODE"), and run the step again. Undo lets the node take jobs again.',
      },
      {
        kind: 'expected',
        id: 'drained',
        pattern: /^drain=yes$/,
        means: 'Slurm gives the node no jobs.',
        missing: 'Slurm does not say that the node is drained.',
        next: 'Read the lines above.',
      },
    ],
  },
  undo: sh`case ${fact('drained-before')} in no) scontrol update NodeName=${node} State=RESUME ;; *) echo 'It was drained before. It stays so.' ;; esac`,
  undone: { script: state, matchers: [asBefore('as-before')] },
};

export const resumeStep: Step = {
  ...common,
  id: 'resume',
  title: 'Let Slurm use the node again',
  intro: 'Only if it was in use before. A node on which a step failed stays drained.',
  script: sh`case ${fact('drained-before')} in
yes) echo 'It was drained before. It stays so.' ;;
*)
  scontrol update NodeName=${node} State=RESUME
  ${asked}
  tries=0
  while [ "$drain" != no ] && [ $tries -lt 12 ]; do sleep 5; tries=$((tries + 1)); ask; done
  ${shown} ;;
esac`,
  matchers: [refused],
  verify: {
    script: state,
    matchers: [
      {
        kind: 'failure',
        id: 'down',
        pattern: /^state=(?:DOWN|\S+\+NOT_RESPONDING|[A-Z]+\*)/,
        means: 'Slurm does not reach the node.',
        next: 'Start slurmd on the node, and run the step again.',
      },
      asBefore('in-use'),
    ],
  },
  undo: sh`scontrol update NodeName=${node} State=DRAIN Reason=wrenchbook-mtt`,
  undone: {
    script: state,
    matchers: [
      {
        kind: 'expected',
        id: 'drained-again',
        pattern: /^drain=yes$/,
        means: 'Slurm gives the node no jobs while its changes are undone.',
        missing: 'Slurm does not say that the node is drained.',
        next: 'Read the lines above.',
      },
    ],
  },
};

function asBefore(id: string): Matcher {
  return {
    kind: 'equal',
    id,
    pattern: /^drain=(.*)$/,
    to: { fact: 'drained-before' },
    means: 'Slurm has the node as before.',
    differs: 'Slurm does not have the node as before.',
    next: 'Look at "scontrol show node", and resume it by hand.',
  };
}
