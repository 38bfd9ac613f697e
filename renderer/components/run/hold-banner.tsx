import { IconHandStop } from '@tabler/icons-react';
import classes from './hold-banner.module.css';

/** What must not happen now, e.g. a reboot. Stays until the step that clears it. */
export function HoldBanner({ text }: { text: string }) {
  return (
    <div className={classes.hold} role="alert" aria-label="Hold">
      <IconHandStop size={20} aria-hidden />
      {text}
    </div>
  );
}
