/** Over the whole width, on a real machine: which one, as whom, and whether it is one for production. */
import { IconServer, IconServerBolt } from '@tabler/icons-react';
import type { RunState } from '../../../shared/api/run.ts';
import { useTargets } from '../../stores/targets.ts';
import { whereabouts } from '../../words/where-am-i.ts';
import classes from './target-band.module.css';

export function TargetBand({ run }: { run: RunState }) {
  const targets = useTargets((state) => state.targets) ?? [];
  const step = run.plan.find(({ id }) => id === run.current);
  const { name, as, root, production } = whereabouts(run, step, targets);
  const Icon = production ? IconServerBolt : IconServer;
  return (
    <div className={classes.band} data-production={production || undefined} role="note" aria-label="Where this runs">
      <Icon size={17} aria-hidden />
      <strong className={classes.name}>{name}</strong>
      <span className={root ? classes.root : undefined}>{as}</span>
      {production && <strong className={classes.production}>production</strong>}
    </div>
  );
}
