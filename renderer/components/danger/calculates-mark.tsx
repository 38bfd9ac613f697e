import { IconCalculator } from '@tabler/icons-react';
import classes from './danger-mark.module.css';

/** In the place of a danger: it has none. */
export function CalculatesMark() {
  return (
    <span className={classes.mark} style={{ color: 'var(--wb-reads)' }} title="Works with numbers only; nothing is run.">
      <IconCalculator size={15} stroke={1.8} aria-hidden />
      calculates only
    </span>
  );
}
