import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import classes from './start.module.css';
import type { PlanCheck } from './use-plan-check.ts';

/** Always in sight: starting, and what it does. */
interface StartBarProps {
  check: PlanCheck | null;
  starting: boolean;
  rehearsal: boolean;
  /** The machine that was chosen, as the admin calls it; null: none, or the lab. */
  place: string | null;
}

export function StartBar({ check, starting, rehearsal, place }: StartBarProps) {
  const wanted = check?.issues.length ?? 0;
  return (
    <div className={classes.bar}>
      <Button type="submit" data-main-action loading={starting} leftSection={<IconPlayerPlay size={16} aria-hidden />}>
        {rehearsal ? 'Start rehearsal' : place ? `Start on ${place}` : 'Start'}
      </Button>
      <span className={classes.meaning}>
        {wanted > 0
          ? `${wanted === 1 ? 'One thing is' : `${wanted} things are`} still wanted in the form.`
          : 'Opens the run at its first step. No command runs before you say so.'}
      </span>
    </div>
  );
}
