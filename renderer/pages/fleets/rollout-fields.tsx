import { TextInput } from '@mantine/core';
import page from '../page.module.css';
import { readBatches, readPercent } from './batches.ts';
import classes from './new-fleet.module.css';

export interface RolloutText {
  batches: string;
  percent: string;
}
export const usualRollout: RolloutText = { batches: '1, 10', percent: '0' };

interface RolloutFieldsProps {
  rollout: RolloutText;
  onRollout(rollout: RolloutText): void;
}

/** The order of the hosts: one first, then batches, and when it stops. */
export function RolloutFields({ rollout, onRollout }: RolloutFieldsProps) {
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
        description="If more fail, the batches after it are left alone."
        value={rollout.percent}
        error={readPercent(rollout.percent) === null ? 'Percent of a batch: a number from 0 to 100 is needed.' : undefined}
        onChange={(event) => onRollout({ ...rollout, percent: event.currentTarget.value })}
        inputMode="numeric"
      />
    </section>
  );
}
