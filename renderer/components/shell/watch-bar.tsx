/** On every page but its own: logs that are watched, what has appeared in them, and those whose watch has ended by itself. */
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconEye } from '@tabler/icons-react';
import { type WatchState, watchedText } from '../../../shared/api/watch.ts';
import { useLogWatches } from '../../stores/log-watches.ts';
import { go, useRoute } from '../../stores/route.ts';
import { placeValue } from '../../words/where.ts';
import classes from './run-bar.module.css';

export function WatchBar() {
  const route = useRoute((state) => state.route);
  const watches = useLogWatches((state) => state.watches);
  const shown = route.page === 'watch' ? route.where : null;
  const all = Object.values(watches)
    .filter((each) => each.status !== 'stopped' && placeValue(each.target) !== shown)
    .sort((one, other) => urgency(other) - urgency(one));
  const [first, ...others] = all;
  if (!first) return null;
  const Icon = urgency(first) > 0 ? IconAlertTriangle : IconEye;
  return (
    <aside className={classes.bar} data-tone={urgency(first) > 0 ? 'holds' : 'runs'} aria-label="Logs that are watched">
      <Icon size={18} aria-hidden className={classes.icon ?? ''} />
      <div className={classes.what}>
        <strong>{said(first)}</strong>
        <span>
          {watchedText(first.log)}, {first.targetName}
          {others.length > 0 && ` · ${others.length} more`}
        </span>
      </div>
      <Button size="compact-sm" variant="default" onClick={() => go({ page: 'watch', where: placeValue(first.target) })}>
        Go to the log
      </Button>
    </aside>
  );
}

/** What appeared, before a watch that ended, before one that goes on. */
const urgency = ({ seen, status }: WatchState) => (seen.length > 0 ? 2 : status === 'ended' ? 1 : 0);

function said({ seen, status }: WatchState): string {
  const [newest, ...others] = seen;
  if (newest) return `Known symptom: ${newest.title}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  return status === 'ended' ? 'No longer watched' : status === 'starting' ? 'Connecting to watch' : 'Watching';
}
