/** Nothing to show: says why, and what to do about it. */
import type { ReactNode } from 'react';
import classes from './empty-note.module.css';

interface EmptyNoteProps {
  title: string;
  text: string;
  children?: ReactNode;
}

export function EmptyNote({ title, text, children }: EmptyNoteProps) {
  return (
    <div className={classes.note}>
      <div className={classes.title}>{title}</div>
      <div className={classes.text}>{text}</div>
      {children}
    </div>
  );
}
