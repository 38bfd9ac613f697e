/** The result of a run for `--json` and for people. Pure. */
import type { RunState, Verdict } from '../../shared/api/run.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';

const gravity: Record<Verdict['kind'], number> = { expected: 0, harmless: 1, warning: 2, failure: 3 };

export interface RunReport {
  runId: string;
  topicId: string;
  target: string;
  rehearsal: boolean;
  outcome: RunState['status'];
  says: string;
  exitStatus: ExitStatus;
  facts: RunState['facts'];
  /** What the target said of itself; null in the lab. */
  targetFacts: RunState['targetFacts'];
  /** Of a procedure with several machines. */
  machines?: RunState['machines'];
  /** As data: the window draws them. */
  pictures: RunState['pictures'];
  steps: {
    id: string;
    title: string;
    on?: string;
    status: string;
    attempts: number;
    exitStatus: number | null;
    verdict: Verdict['kind'] | null;
    verdicts: Verdict[];
  }[];
}

export function runReport(state: RunState): RunReport {
  return {
    runId: state.runId,
    topicId: state.topicId,
    target: state.targetLabel,
    rehearsal: state.rehearsal,
    outcome: state.status,
    says: state.says,
    exitStatus: runExitStatus(state),
    facts: state.facts,
    targetFacts: state.targetFacts,
    ...(state.machines && { machines: state.machines }),
    pictures: state.pictures,
    steps: state.steps.map((step) => ({
      id: step.id,
      ...about(step.id, state),
      status: step.status,
      attempts: step.attempts,
      exitStatus: step.exitStatus,
      verdict: worst(step.verdicts),
      verdicts: step.verdicts,
    })),
  };
}

const about = (stepId: string, { plan }: RunState) => {
  const { title = stepId, on } = plan.find(({ id }) => id === stepId) ?? {};
  return { title, ...(on !== undefined && { on }) };
};

/** What there is to see, in one sentence each. */
export const pictureLines = ({ pictures }: Pick<RunState, 'pictures'>): string[] => pictures.map(({ title, caption }) => `${title}: ${caption}`);

/** 0 only when the run is done and its last step, the proof, was not skipped. */
export function runExitStatus(state: RunState): ExitStatus {
  switch (state.status) {
    case 'done':
      return state.steps.at(-1)?.status === 'done' ? exitStatus.done : exitStatus.failure;
    case 'undone':
      return exitStatus.done;
    case 'waiting':
      if (state.trouble) return state.trouble.code === 'does-not-apply' ? exitStatus.doesNotApply : exitStatus.trouble;
      return exitStatus.interrupted;
    case 'failed':
    case 'dead-end':
      return exitStatus.failure;
    default:
      return exitStatus.interrupted;
  }
}

const worst = (verdicts: readonly Verdict[]) =>
  verdicts.reduce<Verdict['kind'] | null>((kind, verdict) => (kind === null || gravity[verdict.kind] > gravity[kind] ? verdict.kind : kind), null);
