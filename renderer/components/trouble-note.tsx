import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './trouble-note.module.css';

/** Why something can't be shown, with what to do next. */
export function TroubleNote({ text }: { text: string }) {
  return (
    <div className={classes.trouble} role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <span>{text}</span>
    </div>
  );
}
