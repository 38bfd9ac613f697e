import { Radio } from '@mantine/core';
import type { ProcedureDetail } from '../../../shared/api/topic.ts';
import classes from './topic.module.css';

const wayOut = {
  remedy: 'There is a remedy, and the run shows it.',
  undo: 'The remedy is to undo the steps.',
  none: 'There is no remedy. The run shows what that looks like.',
};

interface LabChoiceProps {
  topic: ProcedureDetail;
  /** Null: it goes well. */
  failure: string | null;
  onChange(failure: string | null): void;
}

/** How the rehearsal goes. The failures are those that happen to people; each one can be practised here. */
export function LabChoice({ topic, failure, onChange }: LabChoiceProps) {
  return (
    <Radio.Group value={failure ?? ''} onChange={(value) => onChange(value || null)} label="How should it go?" labelProps={{ fw: 600, mb: 4 }}>
      <div className={classes.choice} data-chosen={failure === null}>
        <Radio value="" label="Everything succeeds" />
      </div>
      {topic.labFailures.map(({ id, title, story, wayOut: way }) => (
        <div key={id} className={classes.choice} data-chosen={failure === id}>
          <Radio value={id} label={title} aria-describedby={`story-${id}`} />
          {failure === id && (
            <p className={classes.story} id={`story-${id}`}>
              {story} {wayOut[way]}
            </p>
          )}
        </div>
      ))}
    </Radio.Group>
  );
}
