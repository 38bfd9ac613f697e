/** One sentence on where a run stands and what comes next, for the header, the list and the terminal command. Pure. */
import type { RunStatus } from '../../../shared/api/run.ts';
import { worstVerdict } from '../../../shared/api/verdict-order.ts';
import { currentStep, type RunRecord } from './run-fold.ts';

export function runSays(record: RunRecord, status: RunStatus): string {
  const current = currentStep(record);
  const step = record.created.plan.find((planned) => planned.id === current?.id);
  const name = step ? `step ${step.number}, "${step.title}"` : 'the end';
  const worst = worstVerdict(current?.verdicts ?? []);
  switch (status) {
    case 'waiting':
      return current?.edit?.stage === 'shown' ? `Review the change, then write it: ${name}.` : `Next: ${name}.`;
    case 'running':
      return record.undo === 'running' ? 'Undoing steps.' : `Running ${name}.`;
    case 'asks':
      return `A question waits for your answer: ${name}.`;
    case 'failed':
      if (record.undo === 'failed')
        return `Not everything could be undone: check the terminal, fix the cause and undo again. ${record.remains.join(' ')}`.trim();
      return `Stopped at ${name}: ${worst?.means ?? 'it failed.'} ${worst?.next ?? ''}`.trim();
    case 'dead-end':
      return `Stopped at ${name}; it cannot continue: ${worst?.means ?? ''} ${worst?.next ?? ''}`.trim();
    case 'interrupted':
      if (record.undo === 'running') return 'Interrupted during the undo. Undo again: it continues where it stopped.';
      return `Interrupted in ${name}: it started and its end was not seen. Find out how far it got, then decide.`;
    case 'stopped':
      return `Stopped by you before ${name}.`;
    case 'done':
      return record.steps.some((state) => state.status === 'skipped') ? 'Done; some steps were skipped.' : 'Done and verified.';
    case 'undone':
      return record.remains.length > 0 ? `Undone, except: ${record.remains.join(' ')}` : 'Everything that was changed has been undone.';
  }
}
