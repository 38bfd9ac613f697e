/** Says that nothing real is touched. On every view of a run in the lab. */
import { IconFlask2 } from '@tabler/icons-react';
import classes from './rehearsal-band.module.css';

export function RehearsalBand({ scenario }: { scenario: string }) {
  return (
    <div className={classes.band}>
      <IconFlask2 size={16} aria-hidden />
      <span>
        <span className={classes.word}>rehearsal</span> in the lab: simulated tools in a folder, no real machine is touched. {scenario}
      </span>
    </div>
  );
}

export function RehearsalBadge() {
  return (
    <span className={classes.badge}>
      <IconFlask2 size={13} aria-hidden />
      rehearsal
    </span>
  );
}

/** On a topic: it can be rehearsed. */
export function LabBadge() {
  return (
    <span className={classes.badge}>
      <IconFlask2 size={13} aria-hidden />
      lab
    </span>
  );
}
