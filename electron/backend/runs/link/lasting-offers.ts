/** What is said of steps that outlast a link before they run, and offered when their end was not seen. Pure. */
import type { PlannedStep } from '../../../../shared/api/plan.ts';
import type { Offer } from '../../../../shared/api/run.ts';
import type { GoesOn } from '../run-event.ts';
import type { RunRecord } from '../run-fold.ts';

/** What a lost link does to it. */
export function lastingWords({ kept, restarts, minutes }: PlannedStep, keeper: RunRecord['keeper']): string[] {
  if (restarts) return [`The target goes away in this step. It is waited for until it answers again, for ${restarts.within} minutes at the most.`];
  if (!kept) return [];
  const about = minutes < 1.5 ? 'about a minute' : `about ${Math.round(minutes)} minutes`;
  switch (keeper) {
    case 'none':
      return [
        `The link must hold for ${about}: neither tmux nor screen is on the target, so a lost link ends this command. Install one of them there first, if you can: it is looked for again.`,
      ];
    case null:
      return [
        'This step takes a while. Wrenchbook first checks whether the target has tmux or screen to keep it running. If it has neither, you are asked again.',
      ];
    default:
      return [`It runs in ${keeper} on the target: if the link is lost, it goes on, and is found again.`];
  }
}

/** Looks, and runs nothing. */
export const rejoinOffer = (step: PlannedStep, how: GoesOn): Offer => ({
  action: 'rejoin',
  id: step.id,
  title: how.by === 'restart' ? 'Check whether it has restarted' : 'Check whether it is still running',
  explanation:
    how.by === 'restart'
      ? `"${step.title}" had begun and its end was not seen. The target is waited for and asked when it was started. Nothing is run again.`
      : `"${step.title}" may go on in ${how.by} on the target, or have ended there. It is looked for; what it shows and how it ends is taken from there. Nothing is run again.`,
  script: null,
  change: null,
  confirm: null,
  danger: 'reads',
});
