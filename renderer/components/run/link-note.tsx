/** The target is waited for: since when, what happens next and when, and how to end it. */
import { Button } from '@mantine/core';
import { IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import type { LinkState } from '../../../shared/api/link.ts';
import { changeRun } from '../../stores/run-states.ts';
import { api } from '../../window-api.ts';
import { linkTitle, linkWait } from '../../words/link.ts';
import classes from './link-note.module.css';

export function LinkNote({ runId, link }: { runId: string; link: LinkState }) {
  const id = useId();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const Icon = link.kind === 'restarting' ? IconRefresh : IconPlugConnectedX;
  return (
    <section className={classes.note} aria-labelledby={id}>
      <h2 id={id}>
        <Icon size={20} aria-hidden /> {linkTitle(link)}
      </h2>
      <p>{link.says}</p>
      <div className={classes.wait}>
        <span>{linkWait(link, now)}</span>
        <Button size="compact-sm" variant="default" onClick={() => void changeRun(runId, () => api.runs.interrupt({ runId }))}>
          Stop waiting
        </Button>
      </div>
    </section>
  );
}
