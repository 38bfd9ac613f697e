/** Decides what a run does next: from an answers file, or by asking the person at the terminal. */
import type { PlannedPrompt, PlannedStep } from '../../shared/api/plan.ts';
import type { Offer, RunState } from '../../shared/api/run.ts';
import { secretMark } from '../../shared/api/secret-mark.ts';
import type { Answers } from './answers.ts';

export type Decision =
  | { do: 'advance'; stepId: string; confirmation?: string; shown?: string | undefined; output?: string | undefined }
  | { do: 'remedy'; remedyId: string; confirmation?: string }
  | { do: 'skip'; stepId: string; reason: string }
  | { do: 'undo'; from: string }
  | { do: 'stop' }
  /** Leaves the run as it is; it can be taken up again. */
  | { do: 'leave'; because: string };

export interface Decider {
  /** Whether nothing more is to be done with the run. */
  ended(state: RunState): boolean;
  next(state: RunState): Promise<Decision>;
  /** The answer to a tool's question; null leaves it to the person, who types it into the tool. */
  answer(prompt: PlannedPrompt): Promise<string | null>;
}

/** A run that has reached its end, one way or the other. */
export const atEnd = (state: RunState) => ['done', 'stopped', 'undone', 'dead-end'].includes(state.status);

/** Goes by the answers file. A step or question it does not name ends the run there, open and undamaged. A change is said before it is written. */
export function answersDecider(answers: Answers, say: (text: string) => void = () => undefined): Decider {
  const remedies = new Map(Object.entries(answers.remedies));
  const retries = new Set(answers.retry);
  const confirmation = (offer: Offer) => (offer.confirm ? { confirmation: answers.confirmations[offer.id] ?? '' } : {});
  const runStep = (state: RunState, action: 'advance' | 'retry'): Decision => {
    const offer = state.offers.find((candidate) => candidate.action === action);
    if (offer?.change) say(`Will be written:\n${offer.change.diff}`);
    if (offer?.change && offer.script !== null) say(`Then runs: ${offer.script}`);
    const step = state.plan.find(({ id }) => id === offer?.id);
    if (offer && (step?.kept || step?.restarts)) say(offer.explanation);
    if (!offer) return { do: 'leave', because: state.says };
    const output = offer.wantsOutput ? answers.output[offer.id] : null;
    if (output === undefined) return { do: 'leave', because: `"${offer.title}" needs the output; put it at output.${offer.id} in the answers file.` };
    return { do: 'advance', stepId: offer.id, shown: offer.change?.shown, ...(output && { output }), ...confirmation(offer) };
  };
  return {
    ended: atEnd,
    async next(state) {
      if (state.trouble) return { do: 'leave', because: `${state.trouble.message} ${state.trouble.next}` };
      const step = state.plan.find((planned) => planned.id === state.current);
      // Looking does nothing to the target.
      const rejoin = state.offers.find((offer) => offer.action === 'rejoin');
      if (rejoin) return { do: 'advance', stepId: rejoin.id };
      const failed = state.offers.some((offer) => offer.action === 'retry');
      const reason = step && answers.skip[step.id];
      if (step && reason) return { do: 'skip', stepId: step.id, reason };
      if (step && failed) {
        const remedy = state.offers.find((offer) => offer.action === 'remedy' && offer.id === remedies.get(step.id));
        if (!remedy && retries.delete(step.id)) return runStep(state, 'retry');
        if (!remedy) return { do: 'leave', because: state.says };
        remedies.delete(step.id);
        return { do: 'remedy', remedyId: remedy.id, ...confirmation(remedy) };
      }
      const missing = step && missingAnswer(step, answers);
      return missing ? { do: 'leave', because: missing } : runStep(state, 'advance');
    },
    answer: async (prompt) => answerTo(prompt, answers) ?? null,
  };
}

/** Takes back, and leaves the run there. */
export function undoDecider(from: string): Decider {
  let begun = false;
  return {
    ended: () => begun,
    async next() {
      begun = true;
      return { do: 'undo', from };
    },
    answer: async () => null,
  };
}

/** A question for a secret of the form answers itself: the value is with the backend. */
const answerTo = (prompt: PlannedPrompt, answers: Answers): string | undefined =>
  answers.answers[prompt.id] ?? (prompt.recommended === secretMark ? secretMark : undefined);

function missingAnswer(step: PlannedStep, answers: Answers): string | null {
  if (step.kind === 'manual' && !answers.done.includes(step.id)) return `"${step.title}" is done by hand; put ${step.id} under "done" in the answers file.`;
  if (step.confirm && answers.confirmations[step.id] === undefined)
    return `"${step.title}" needs a typed confirmation; put it at confirmations.${step.id} in the answers file.`;
  const unknown = step.prompts.find((prompt) => prompt.answers.length === 0);
  if (unknown) return `"${step.title}" will ask "${unknown.question}", for a secret that no file may hold; run it at a terminal.`;
  const open = step.prompts.find((prompt) => answerTo(prompt, answers) === undefined);
  return open ? `"${step.title}" will ask "${open.question}"; put the answer at answers.${open.id} in the answers file.` : null;
}
