import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import type { RunState } from '../../../shared/api/run.ts';
import { go } from '../../stores/route.ts';
import { useTargets } from '../../stores/targets.ts';
import { othersWere } from '../../words/machines.ts';
import { whereWas } from '../../words/where.ts';

/** To the form, filled in as this run was: for another look, or another run. */
export function AgainButton({ run }: { run: Pick<RunState, 'runId' | 'topicId' | 'target' | 'machines'> }) {
  const targets = useTargets((state) => state.targets);
  const again = () =>
    go({ page: 'start', topicId: run.topicId, where: whereWas(run.target, targets ?? []), others: othersWere(run.machines, targets ?? []), like: run.runId });
  return (
    <Button size="xs" variant="default" leftSection={<IconRepeat size={15} aria-hidden />} onClick={again}>
      Again with these values
    </Button>
  );
}
