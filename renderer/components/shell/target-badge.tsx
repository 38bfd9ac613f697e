import type { ListedTarget } from '../../../shared/api/target.ts';
import { useRoute } from '../../stores/route.ts';
import { useRunStates } from '../../stores/run-states.ts';
import { useTargets } from '../../stores/targets.ts';
import { targetOfValue } from '../../words/where.ts';
import classes from './shell.module.css';

/** Which machine the run that is planned or open is about; nothing on the other pages. */
export function TargetBadge() {
  const route = useRoute((state) => state.route);
  const run = useRunStates((state) => (route.page === 'run' || route.page === 'transcript' ? state.states[route.runId] : undefined));
  const targets = useTargets((state) => state.targets);
  const shown = run
    ? { name: run.rehearsal ? 'lab' : run.targetLabel, rehearsal: run.rehearsal }
    : route.page === 'start'
      ? planned(route.where, targets)
      : null;
  return (
    shown && (
      <span className={classes.target} data-rehearsal={shown.rehearsal || undefined} title={shown.name}>
        target: {shown.name}
      </span>
    )
  );
}

function planned(where: string | null, targets: readonly ListedTarget[] | null) {
  if (where === null) return null;
  const target = targetOfValue(where);
  switch (target.kind) {
    case 'lab':
      return { name: 'lab', rehearsal: true };
    case 'book':
      return { name: targets?.find(({ id }) => id === target.id)?.name ?? target.id, rehearsal: false };
    case 'hand':
      return { name: 'a machine by hand', rehearsal: false };
    default:
      return { name: 'this machine', rehearsal: false };
  }
}
