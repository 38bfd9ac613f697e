import classes from './shell.module.css';

/** The first stop of the keyboard: past the header and the list of pages, to the page's main button or its heading. */
export function SkipLink() {
  return (
    <button type="button" className={classes.skip} onClick={skip}>
      Skip to the main action
    </button>
  );
}

function skip(): void {
  const main = document.querySelector('main');
  const place =
    main?.querySelector<HTMLElement>('form [data-confirm]') ??
    main?.querySelector<HTMLElement>('[data-main-action]:not(:disabled)') ??
    main?.querySelector<HTMLElement>('h1');
  place?.focus();
}
