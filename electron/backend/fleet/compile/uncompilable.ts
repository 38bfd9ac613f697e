/** Why a plan can't be given to Ansible: what a person or another prompt has to do, and what nobody has answered yet. Pure. */
import type { PlannedStep } from '../../../../shared/api/plan.ts';
import type { Step } from '../../../../shared/topic-kit/index.ts';

export interface Obstacle {
  stepId: string;
  /** "Step 4, "Take the photo", is done by hand." */
  because: string;
  next: string;
}
/** What was answered before: as in an answers file. */
export interface Resolved {
  /** Steps that have been done by hand, on every host. */
  done: readonly string[];
  /** What is typed to confirm a step, by its id. */
  confirmations: Readonly<Record<string, string>>;
}

const single = 'Run it on one machine after the other: "wrenchbook run".';

export function obstacles(plan: readonly PlannedStep[], steps: readonly Step[], resolved: Resolved): Obstacle[] {
  const changing = plan.flatMap(({ danger, kind }, index) => (danger !== 'reads' && kind !== 'manual' ? [index] : []));
  const [first = -1, last = -1] = [changing[0], changing.at(-1)];
  return plan.flatMap((planned, index) => {
    const step = steps.find(({ id }) => id === planned.id);
    const found = step && obstacle(planned, step, { before: index < first, after: index > last }, resolved);
    return found ? [{ stepId: planned.id, because: `Step ${planned.number}, "${planned.title}", ${found.because}`, next: found.next }] : [];
  });
}

function obstacle(
  planned: PlannedStep,
  step: Step,
  at: { before: boolean; after: boolean },
  { done, confirmations }: Resolved,
): Omit<Obstacle, 'stepId'> | null {
  const { id, kind, danger } = planned;
  const refuse = (because: string, next = single) => ({ because, next });
  if (kind === 'console') return refuse('is typed at the prompt of a console.');
  if (kind === 'verify') return refuse('reads files of the computer that Wrenchbook runs on.');
  if (kind === 'manual' && danger !== 'reads') return refuse('is done by hand, and changes something.');
  if (kind === 'manual' && !at.before && !at.after) return refuse('is done by hand, between steps that change something.');
  if (kind === 'manual' && at.before && !done.includes(id))
    return refuse('is done by hand before the rest.', `Do it for all hosts, then name "${id}" under "done" in the answers file.`);
  if (planned.writer) return refuse('writes to a disk that is chosen by hand.');
  if (planned.prompts.length > 0) return refuse('asks questions while it runs.');
  if (step.kind === 'edit' && step.anyEncoding && step.files) return refuse('edits files in unknown encodings.');
  if (!planned.confirm) return null;
  if (planned.confirm.type === null) return refuse('has to be confirmed with what each host shows.');
  if (confirmations[id] === planned.confirm.type) return null;
  return refuse(`has to be confirmed: ${planned.confirm.ask}`, `Type it under "confirmations" in the answers file, as ${id}: …. It then counts for all hosts.`);
}
