import classes from './must-see.module.css';

/** Stands at the end of something that is approved: what is above it has been looked at when this was in view. */
export function MustSee({ what }: { what: 'warning' | 'command' | 'change' | 'list' }) {
  return <span className={classes.end} data-must-see={what} aria-hidden />;
}
