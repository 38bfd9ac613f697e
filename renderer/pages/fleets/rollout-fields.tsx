import { TextInput } from '@mantine/core';
import page from '../page.module.css';
import { readBatches, readPercent, readStopAt } from './batches.ts';
import classes from './new-fleet.module.css';

export interface RolloutText {
  batches: string;
  percent: string;
  /** Failed hosts; empty: they are not counted. */
  stopAt: string;
}
export const usualRollout: RolloutText = { batches: '1, 10', percent: '0', stopAt: '' };

interface RolloutFieldsProps {
  rollout: RolloutText;
  onRollout(rollout: RolloutText): void;
}

/** The order of the hosts: one first, then batches, and when it stops. */
export function RolloutFields({ rollout, onRollout }: RolloutFieldsProps) {
  const stopAt = readStopAt(rollout.stopAt);
  const counts = stopAt !== null;
  return (
    <section className={`${page.panel} ${classes.questions}`} aria-labelledby="rollout">
      <h2 id="rollout">Order</h2>
      <TextInput
        id="rollout-batches"
        label="Hosts at a time, batch by batch"
        description="Numbers or shares, such as 1, 10, 25%. The last one is repeated."
        value={rollout.batches}
        error={readBatches(rollout.batches) ? undefined : 'Hosts at a time: numbers or percentages are needed, such as 1, 10, 25%.'}
        onChange={(event) => onRollout({ ...rollout, batches: event.currentTarget.value })}
        spellCheck={false}
      />
      <TextInput
        id="rollout-percent"
        label="Percent of a batch that may fail"
        description={counts ? 'Not used: failed hosts are counted over all batches instead.' : 'If more fail, the batches after it are left alone.'}
        value={rollout.percent}
        disabled={counts}
        error={!counts && readPercent(rollout.percent) === null ? 'Percent of a batch: a number from 0 to 100 is needed.' : undefined}
        onChange={(event) => onRollout({ ...rollout, percent: event.currentTarget.value })}
        inputMode="numeric"
      />
      <TextInput
        id="rollout-stop-at"
        label="Stop at so many failed hosts"
        description="Counted over all batches: then no further batch begins, and hosts of the running one finish. Hosts that never answered do not count. Empty: they are not counted."
        value={rollout.stopAt}
        error={stopAt === undefined ? 'Failed hosts: a number from 1 is needed, or nothing.' : undefined}
        onChange={(event) => onRollout({ ...rollout, stopAt: event.currentTarget.value })}
        inputMode="numeric"
      />
    </section>
  );
}
