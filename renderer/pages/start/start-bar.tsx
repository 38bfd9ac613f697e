import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import classes from './start.module.css';
import type { PlanCheck } from './use-plan-check.ts';

/** Always in sight: starting, and what it does. */
export function StartBar({ check, starting }: { check: PlanCheck | null; starting: boolean }) {
  const wanted = check?.issues.length ?? 0;
  return (
    <div className={classes.bar}>
      <Button type="submit" loading={starting} leftSection={<IconPlayerPlay size={16} aria-hidden />}>
        Start rehearsal
      </Button>
      <span className={classes.meaning}>
        {wanted > 0
          ? `${wanted === 1 ? 'One thing is' : `${wanted} things are`} still wanted in the form.`
          : 'Opens the run at its first step. No command runs before you say so.'}
      </span>
    </div>
  );
}
