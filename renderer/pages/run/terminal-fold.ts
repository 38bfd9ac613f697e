import type { RunState } from '../../../shared/api/run.ts';

/**
 * Whether the terminal makes room: where a change is to be read in its full height, and where no session can be open. Beside the step it
 * takes no room away from it. The plan is read, and nothing runs in it.
 */
export function isTerminalFolded(
  run: Pick<RunState, 'target' | 'machines' | 'status' | 'offers'>,
  { beside, plan }: { beside: boolean; plan: boolean },
): boolean {
  const targets = run.machines ?? [run];
  if (targets.every(({ target }) => target.kind === 'hand')) return true;
  if (beside) return false;
  return plan || (run.status === 'waiting' && run.offers.some(({ change }) => change !== null));
}
