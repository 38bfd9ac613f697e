import classes from './fleets.module.css';

/** Text as it came, in a box that scrolls and is reached by keyboard. */
export function Output({ label, text }: { label: string; text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
    <section className={classes.output} tabIndex={0} aria-label={label}>
      <pre>{text}</pre>
    </section>
  );
}
