import { Button, Group } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { pickNone, useComparedRuns } from '../../stores/compared-runs.ts';
import { go } from '../../stores/route.ts';
import { momentText } from '../../words/amounts.ts';
import classes from './runs.module.css';

/** Says what was picked and what is still missing. */
export function CompareBar() {
  const { picked } = useComparedRuns();
  const [left, right] = [...picked].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  if (!left) return null;
  return (
    <section className={classes.compare} aria-label="Compare two runs">
      <span>
        {left.topicTitle}: <b>{momentText(left.createdAt)}</b>
        {right ? (
          <>
            {' '}
            and <b>{momentText(right.createdAt)}</b>
          </>
        ) : (
          '. Tick a second run of this procedure to see what differs.'
        )}
      </span>
      <Group gap="xs">
        <Button
          size="xs"
          disabled={!right}
          leftSection={<IconArrowsDiff size={15} aria-hidden />}
          onClick={() => right && go({ page: 'compare', left: left.runId, right: right.runId })}
        >
          Compare
        </Button>
        <Button size="xs" variant="default" onClick={pickNone}>
          Untick
        </Button>
      </Group>
    </section>
  );
}
