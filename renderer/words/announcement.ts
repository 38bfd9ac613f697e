/** What is read out when a run moves on: only what changed, worst news first. */
import type { RunState, StepState } from '../../shared/api/run.ts';
import { worstVerdict } from '../../shared/api/verdict-order.ts';
import { stepStatusWords, verdictWords } from './status.ts';

const ended = new Set<StepState['status']>(['done', 'failed', 'interrupted', 'skipped', 'undone']);

/** Empty where nothing worth saying changed. */
export function announcement(before: RunState | undefined, after: RunState): string {
  if (!before || before.runId !== after.runId) return '';
  const parts: string[] = [];
  let told = '';
  for (const step of after.steps) {
    const was = before.steps.find((candidate) => candidate.id === step.id);
    const planned = after.plan.find((candidate) => candidate.id === step.id);
    if (!planned || !was || (was.status === step.status && was.attempts === step.attempts) || !ended.has(step.status)) continue;
    const verdict = worstVerdict(step.verdicts);
    told = verdict?.means ?? told;
    parts.push(
      `Step ${planned.number}, ${planned.title}: ${stepStatusWords(step.status).label}.${verdict ? ` ${verdictWords(verdict.kind).label}: ${verdict.means} ${verdict.next}` : ''}`,
    );
  }
  if (after.prompt && after.prompt.id !== before.prompt?.id) parts.push(`The tool asks: ${after.prompt.question}`);
  if (after.hold && after.hold !== before.hold) parts.push(after.hold);
  // What a finding says is not said again.
  if (after.says !== before.says && !(told && after.says.includes(told))) parts.push(after.says);
  return parts.join(' ');
}
