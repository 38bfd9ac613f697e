import { IconChevronLeft } from '@tabler/icons-react';
import { type Route, routeHash } from '../stores/route.ts';
import classes from './crumb.module.css';

/** The undo to the page above. */
export function Crumb({ to, children }: { to: Route; children: string }) {
  return (
    <a className={classes.crumb} href={routeHash(to)}>
      <IconChevronLeft size={14} aria-hidden />
      {children}
    </a>
  );
}
