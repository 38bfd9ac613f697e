/** In a page's place while its file comes, which is a moment: nothing flashes where it is shorter than that. */
import classes from './page-skeleton.module.css';

export function PageSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label="Opening the page">
      <div className={classes.heading} />
      <div className={classes.line} />
      <div className={classes.panel} />
    </div>
  );
}
