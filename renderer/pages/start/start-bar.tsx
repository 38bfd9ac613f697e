import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import classes from './start.module.css';
import type { PlanCheck } from './use-plan-check.ts';

/** Always in sight: starting, and what it does. */
interface StartBarProps {
  check: PlanCheck | null;
  starting: boolean;
  rehearsal: boolean;
  /** It was to be started before it was said where. */
  whereMissing: boolean;
  /** The machine that was chosen, as the admin calls it; null: none, or the lab. */
  place: string | null;
}

export function StartBar({ check, starting, rehearsal, whereMissing, place }: StartBarProps) {
  const wanted = check?.issues.length ?? 0;
  return (
    <div className={classes.bar}>
      <Button type="submit" data-main-action loading={starting} leftSection={<IconPlayerPlay size={16} aria-hidden />}>
        {rehearsal ? 'Start rehearsal' : place ? `Start on ${place}` : 'Start'}
      </Button>
      <span className={classes.meaning}>
        {whereMissing
          ? 'Choose where it runs first.'
          : wanted > 0
            ? `${wanted === 1 ? 'One field needs' : `${wanted} fields need`} a value before it can start.`
            : 'Opens the run at its first step. No command runs before you start it.'}
      </span>
    </div>
  );
}
