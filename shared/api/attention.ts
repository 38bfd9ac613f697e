/** What of a run somebody has to know wherever they are: a question, a hold, a step running. Pure. */
import { isUnderWay, type RunState } from './run.ts';

export interface Attention {
  runId: string;
  title: string;
  /** Where it is; in a rehearsal the lab. */
  target: string;
  rehearsal: boolean;
  question: string | null;
  hold: string | null;
  /** Null where nothing is running. */
  step: { number: number; of: number; title: string; startedAt: string | null } | null;
}

/** Null where nobody needs to know. */
export function attentionOf(run: RunState): Attention | null {
  const underWay = isUnderWay(run.status);
  if (!underWay && run.hold === null) return null;
  const step = run.plan.find(({ id }) => id === run.current);
  const startedAt = run.steps.find(({ id }) => id === run.current)?.startedAt ?? null;
  return {
    runId: run.runId,
    title: run.topicTitle,
    target: run.targetLabel,
    rehearsal: run.rehearsal,
    question: run.prompt?.question ?? null,
    hold: run.hold,
    step: underWay && step ? { number: step.number, of: run.plan.length, title: step.title, startedAt } : null,
  };
}

const weight = ({ question, hold, rehearsal }: Attention) => (question === null ? (hold === null ? 2 : 1) : 0) + (rehearsal ? 10 : 0);

/** Real machines first, then what waits for an answer, then a hold. */
export const mostUrgent = (all: readonly Attention[]): Attention[] => [...all].sort((a, b) => weight(a) - weight(b));
