/** Where the keyboard goes: to the next act when a step went well, else to the step's heading; in and out of the terminal with F6. */
import { useWindowEvent } from '@mantine/hooks';
import { type RefObject, useEffect, useRef } from 'react';
import { isUnderWay, type RunState } from '../../../shared/api/run.ts';

/** Returns what to do when F6 is pressed inside the terminal. */
export function useFocusTravel(run: RunState, heading: RefObject<HTMLElement | null>, terminal: RefObject<HTMLElement | null>): () => void {
  const place = `${run.current} ${isUnderWay(run.status) ? '' : run.status}`;
  const was = useRef(place);
  const goesWell = run.status === 'waiting';
  useEffect(() => {
    if (was.current === place) return;
    was.current = place;
    // The pressed button is gone by now, which leaves the keyboard nowhere. Somebody who is elsewhere is left alone; a heading is where a page begins.
    const at = document.activeElement;
    if (at !== document.body && at !== null && !at.matches('h1, h2, [data-main-action], [data-confirm]')) return;
    const act = goesWell ? mainAct() : null;
    (act ?? heading.current)?.focus();
  }, [place, heading, goesWell]);

  useWindowEvent('keydown', (event) => {
    // Inside the terminal its own key handler has taken it already.
    if (event.key !== 'F6' || event.defaultPrevented || terminal.current?.contains(document.activeElement)) return;
    event.preventDefault();
    terminal.current?.querySelector<HTMLElement>('textarea')?.focus();
  });
  return () => (mainAct() ?? heading.current)?.focus();
}

/** What has to be typed before it, or its button. */
const mainAct = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('form [data-confirm]') ?? document.querySelector('[data-main-action]:not(:disabled)');
