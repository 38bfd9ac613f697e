import { Button } from '@mantine/core';
import classes from './new-fleet.module.css';

interface PrepareBarProps {
  hosts: number;
  busy: boolean;
  /** What is still needed, as a sentence; empty: nothing. */
  needs: string;
}

/** Always in sight: what comes next. */
export function PrepareBar({ hosts, busy, needs }: PrepareBarProps) {
  return (
    <div className={classes.bar}>
      <Button type="submit" data-main-action loading={busy}>
        {hosts === 0 ? 'Show the playbook' : `Show the playbook for ${hosts === 1 ? '1 host' : `${hosts} hosts`}`}
      </Button>
      <span className={classes.meaning}>{needs || 'Nothing runs yet: the playbook and what it would change are shown first.'}</span>
    </div>
  );
}
