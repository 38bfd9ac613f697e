import { useEffect, useRef } from 'react';

/** For the place a page was opened for: it is scrolled to, and the keyboard goes on from there. */
export function useComeTo<T extends HTMLElement>() {
  const place = useRef<T>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'center' });
    place.current?.focus({ preventScroll: true });
  }, []);
  return place;
}
