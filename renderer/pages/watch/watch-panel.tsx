import { Button, Group } from '@mantine/core';
import { type SeenSymptom, type WatchState, watchedText } from '../../../shared/api/watch.ts';
import { TrialPanel } from '../../components/trial/trial-panel.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { noteCaptured } from '../../stores/captured.ts';
import { putAwayWatch } from '../../stores/log-watches.ts';
import { reportError } from '../../stores/report-error.ts';
import { go } from '../../stores/route.ts';
import { useTargets } from '../../stores/targets.ts';
import { useTopics } from '../../stores/topics.ts';
import { api } from '../../window-api.ts';
import { momentText } from '../../words/amounts.ts';
import page from '../page.module.css';
import classes from './watch.module.css';

const words: Record<WatchState['status'], string> = {
  starting: 'Connecting',
  watching: 'Watching',
  stopped: 'Stopped by you',
  ended: 'No longer watched',
};

/** One log: whether it is followed, and what appeared in it. */
export function WatchPanel({ watch, where }: { watch: WatchState; where: string }) {
  const { watchId, log, status, since, seen, trouble, blind } = watch;
  const trial = useTargets((state) => Object.values(state.trials).find((each) => each.trialId === watchId));
  const under = status === 'starting' || status === 'watching';
  const stop = () => void api.watches.stop({ watchId }).catch(reportError);
  return (
    <section className={`${page.panel} ${classes.watch}`} aria-label={watchedText(log)}>
      <Group justify="space-between" gap="sm">
        <h2>
          <code>{watchedText(log)}</code>
        </h2>
        {under ? (
          <Button size="xs" variant="default" onClick={stop}>
            Stop
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => putAwayWatch(watchId)}>
            Close
          </Button>
        )}
      </Group>
      <p role="status">
        {words[status]}
        {status === 'watching' && ` since ${momentText(since)}. ${seen.length === 0 ? 'No known symptom so far.' : ''}`}
      </p>
      {status === 'ended' && trouble && <TroubleNote text={`${trouble.cause} ${trouble.next}`} />}
      {blind !== '' && <TroubleNote text={blind} />}
      {seen.map((each) => (
        <Seen key={each.topicId} symptom={each} where={where} />
      ))}
      {status === 'starting' && trial && <TrialPanel trial={trial} />}
    </section>
  );
}

function Seen({ symptom: { topicId, title, because, captured, line, at }, where }: { symptom: SeenSymptom; where: string }) {
  // A calculator runs nowhere: its form is on its own page.
  const calculates = useTopics((state) => state.list?.find(({ id }) => id === topicId)?.kind === 'calculator');
  const open = () => {
    noteCaptured(topicId, captured);
    go(calculates ? { page: 'topic', topicId } : { page: 'start', topicId, where });
  };
  return (
    <article className={classes.seen} aria-label={title}>
      <h3>{title}</h3>
      <p>
        {momentText(at)}: {because}
      </p>
      <pre className={classes.line}>{line}</pre>
      <Button size="xs" onClick={open}>
        Open the form
      </Button>
    </article>
  );
}
