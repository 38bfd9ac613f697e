/** On every page but the run's own: a question, a hold, or a step running, with the way there. Leaving a run's page makes nothing silent. */
import { Button, Progress } from '@mantine/core';
import { IconHandStop, IconMessageQuestion, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { type Attention, attentionOf, mostUrgent } from '../../../shared/api/attention.ts';
import { useMediaProgress } from '../../stores/media-progress.ts';
import { go, useRoute } from '../../stores/route.ts';
import { useRunStates } from '../../stores/run-states.ts';
import { durationText } from '../../words/amounts.ts';
import classes from './run-bar.module.css';

export function RunBar() {
  const route = useRoute((state) => state.route);
  const states = useRunStates((state) => state.states);
  const shown = route.page === 'run' ? route.runId : null;
  const all = mostUrgent(Object.values(states).flatMap((state) => (state.runId === shown ? [] : (attentionOf(state) ?? []))));
  const [first, ...others] = all;
  if (!first) return null;
  return (
    <aside className={classes.bar} data-tone={first.question !== null ? 'asks' : first.hold !== null ? 'holds' : 'runs'} aria-label="Runs that need you">
      <What about={first} />
      {others.length > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => go({ page: 'runs' })}>
          {others.length} more
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => go({ page: 'run', runId: first.runId, view: 'step' })}>
        Go there
      </Button>
    </aside>
  );
}

function What({ about }: { about: Attention }) {
  const { question, hold, step, title, target } = about;
  const Icon = question !== null ? IconMessageQuestion : hold !== null ? IconHandStop : IconPlayerPlayFilled;
  return (
    <>
      <Icon size={18} aria-hidden className={classes.icon ?? ''} />
      <div className={classes.what}>
        {question !== null && <strong>Asks you: {question}</strong>}
        {hold !== null && <strong>{hold}</strong>}
        <span>
          {title}, {target}
          {step && ` · step ${step.number} of ${step.of}, ${step.title}`}
        </span>
      </div>
      {step && question === null && <HowFar about={about} step={step} />}
    </>
  );
}

function HowFar({ about, step }: { about: Attention; step: NonNullable<Attention['step']> }) {
  const media = useMediaProgress((runs) => runs[about.runId]?.latest);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const running = step.startedAt === null ? 0 : Math.max(0, now - Date.parse(step.startedAt));
  // Of an image it is known how far it is; else how many steps are done.
  const done = media?.total ? (100 * media.bytes) / media.total : (100 * (step.number - 1)) / step.of;
  return (
    <div className={classes.far}>
      <span>{running >= 1000 ? `for ${durationText(Math.floor(running / 1000) * 1000)}` : ''}</span>
      <Progress value={Math.min(100, done)} size="sm" aria-label={`Progress of ${about.title}`} />
    </div>
  );
}
