import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import classes from './catalogue.module.css';

const WatchDialog = lazy(() => import('../../components/watch/watch-dialog.tsx').then(({ WatchDialog }) => ({ default: WatchDialog })));

/** What this is, in a sentence, and how it looks when something goes wrong. */
export function Introduction() {
  const [watching, setWatching] = useState(false);
  return (
    <div className={classes.introduction}>
      <p>
        Wrenchbook guides you through repairs and set-ups of servers: it shows every command before it runs, checks what comes back, says what to do when a step
        fails, and undoes what can be undone.
      </p>
      <Button size="xs" variant="default" leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={() => setWatching(true)}>
        Watch one go wrong (40 s)
      </Button>
      {watching && (
        <Suspense>
          <WatchDialog onClose={() => setWatching(false)} />
        </Suspense>
      )}
    </div>
  );
}
