import { IconAlertOctagon, IconEraser, IconEye, IconPencil } from '@tabler/icons-react';
import type { DangerLevel } from '../../../shared/api/topic.ts';
import { dangerWords } from '../../words/danger.ts';
import classes from './danger-mark.module.css';

const icons = { reads: IconEye, changes: IconPencil, destructive: IconEraser, irreversible: IconAlertOctagon };

/** Icon and word; the outline only stresses what is worth a second look. */
export function DangerMark({ level }: { level: DangerLevel }) {
  const { label, meaning, color } = dangerWords(level);
  const Icon = icons[level];
  const strong = level === 'destructive' || level === 'irreversible';
  return (
    <span className={strong ? `${classes.mark} ${classes.strong}` : classes.mark} style={{ color }} title={meaning}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {label}
    </span>
  );
}
