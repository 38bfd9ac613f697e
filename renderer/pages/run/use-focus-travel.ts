/** Where the keyboard goes: to the new step's heading when the run moves on, in and out of the terminal with F6. */
import { useWindowEvent } from '@mantine/hooks';
import { type RefObject, useEffect, useRef } from 'react';
import type { RunState } from '../../../shared/api/run.ts';

/** Returns what to do when F6 is pressed inside the terminal. */
export function useFocusTravel(run: RunState, heading: RefObject<HTMLElement | null>, terminal: RefObject<HTMLElement | null>): () => void {
  const place = `${run.current} ${run.status === 'running' ? '' : run.status}`;
  const was = useRef(place);
  useEffect(() => {
    if (was.current === place) return;
    was.current = place;
    // The pressed button is gone by now, which leaves the keyboard nowhere. Somebody who types elsewhere is left alone.
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus();
  }, [place, heading]);

  useWindowEvent('keydown', (event) => {
    // Inside the terminal its own key handler has taken it already.
    if (event.key !== 'F6' || event.defaultPrevented || terminal.current?.contains(document.activeElement)) return;
    event.preventDefault();
    terminal.current?.querySelector<HTMLElement>('textarea')?.focus();
  });
  return () => heading.current?.focus();
}
