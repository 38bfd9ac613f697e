/** What of an approval has not been in view yet. Judged where it is drawn: what is scrolled away or cut off by a box counts as unseen. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

export interface Unseen {
  /** What is still to be seen, in the page's order; null until that was judged. */
  parts: readonly string[] | null;
  /** Opens what hides the next of them, or scrolls towards it, one page at most: nothing on the way is left out. */
  showNext(): void;
}

const mark = '[data-must-see]';

/** `approval`: names what is approved; another one begins anew. Empty: nothing has to be seen. */
export function useUnseen(within: RefObject<HTMLElement | null>, approval: string): Unseen {
  const left = useRef<HTMLElement[]>([]);
  const [judged, setJudged] = useState<{ approval: string; parts: string[] } | null>(null);
  useEffect(() => {
    const box = within.current;
    if (!box || approval === '') return;
    const seen = new WeakSet<Element>();
    const tell = () => {
      left.current = marksIn(box).filter((end) => !seen.has(end));
      setJudged({ approval, parts: left.current.map((end) => end.dataset.mustSee ?? '') });
    };
    const watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        seen.add(target);
        watcher.unobserve(target);
      }
      tell();
    });
    const watch = () => {
      const ends = marksIn(box);
      for (const end of ends) if (!seen.has(end)) watcher.observe(end);
      if (ends.length === 0) tell();
    };
    const changes = new MutationObserver(watch);
    changes.observe(box, { childList: true, subtree: true });
    watch();
    return () => {
      changes.disconnect();
      watcher.disconnect();
      // The same approval, when it comes again, is looked at again.
      setJudged(null);
    };
  }, [within, approval]);

  const parts = approval === '' ? [] : judged?.approval === approval ? judged.parts : null;
  const showNext = useCallback(() => {
    const [next] = left.current;
    if (next) scrollTowards(next);
  }, []);
  return { parts, showNext };
}

/** Those of a form within belong to that form's own button. */
const marksIn = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>(mark)].filter((end) => end.closest('form') === box.closest('form'));

function scrollTowards(end: HTMLElement): void {
  const closed = end.closest('details:not([open])');
  if (closed) {
    closed.setAttribute('open', '');
    closed.scrollIntoView({ block: 'nearest' });
    return;
  }
  const scroller = scrollerOf(end);
  const view = scroller.getBoundingClientRect();
  const place = end.getBoundingClientRect();
  const wanted = place.top < view.top ? place.top - view.top - 24 : place.bottom - view.bottom + 24;
  const page = view.height * 0.85;
  scroller.scrollBy({ top: Math.max(-page, Math.min(page, wanted)) });
}

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let box = element.parentElement; box; box = box.parentElement)
    if (box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  return document.documentElement;
}
