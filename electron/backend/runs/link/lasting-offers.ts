/** What is said of steps that outlast a link before they run, and offered when their end was not seen. Pure. */
import type { PlannedStep } from '../../../../shared/api/plan.ts';
import type { Offer } from '../../../../shared/api/run.ts';
import type { GoesOn } from '../run-event.ts';
import type { Keeper } from '../run-fold.ts';

/** What a lost link does to it. */
export function lastingWords({ kept, restarts, minutes }: PlannedStep, keeper: Keeper | undefined): string[] {
  if (restarts) return [`The target restarts in this step. Wrenchbook waits until it answers again, up to ${restarts.within} minutes.`];
  if (!kept) return [];
  const about = minutes < 1.5 ? 'about a minute' : `about ${Math.round(minutes)} minutes`;
  switch (keeper) {
    case 'none':
      return [
        `The connection must hold for ${about}: the target has neither tmux nor screen, so a lost connection ends this command. Install one of them there first if you can: Wrenchbook checks again.`,
      ];
    case undefined:
      return [
        'This step takes a while. Wrenchbook first checks whether the target has tmux or screen to keep it running. If it has neither, you are asked again.',
      ];
    default:
      return [`It runs in ${keeper} on the target: if the connection is lost, it keeps running and is found again.`];
  }
}

/** Looks, and runs nothing. */
export const rejoinOffer = (step: PlannedStep, how: GoesOn): Offer => ({
  action: 'rejoin',
  id: step.id,
  title: how.by === 'restart' ? 'Check whether it has restarted' : 'Check whether it is still running',
  explanation:
    how.by === 'restart'
      ? `"${step.title}" had started, but its end was not seen. Wrenchbook waits for the target and asks when it was booted. Nothing is run again.`
      : `"${step.title}" may still be running in ${how.by} on the target, or have ended there. Wrenchbook looks for it and takes its output and its end from there. Nothing is run again.`,
  script: null,
  change: null,
  confirm: null,
  danger: 'reads',
});
