/**
 * When the element with the focus goes away (a row that was deleted, a button that made place for another), the keyboard would
 * stand nowhere, and a screen reader begin at the top. It goes to what stood around it instead.
 */
import { useEffect } from 'react';

/** A dialog or menu that closes gives the focus back by itself first. */
const patience = 60;
const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex]';

/** `leave`: on such a page somebody else sees to it. */
export function useKeptFocus(leave: boolean): void {
  useEffect(() => {
    if (leave) return;
    let around: Element[] = [];
    // Newest last: who opened a dialog is among them.
    let before: HTMLElement[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = (event: FocusEvent) => {
      around = event.target instanceof Element ? ancestors(event.target) : [];
      if (event.target instanceof HTMLElement) before = [...before.filter((each) => each !== event.target && each.isConnected), event.target].slice(-20);
    };
    const look = () => {
      const [was] = around;
      if (!isNowhere() || !was || (was.isConnected && !was.matches(':disabled'))) return;
      const place = around
        .slice(1)
        .find((each) => each.isConnected && !each.contains(document.body) && !each.matches('[data-portal]') && each.querySelector(focusable));
      const opener = before.findLast((each) => each.isConnected && !each.matches(':disabled') && each.getClientRects().length > 0);
      const next = place?.querySelector<HTMLElement>(focusable) ?? opener ?? document.querySelector<HTMLElement>('h1');
      next?.focus();
    };
    const observer = new MutationObserver(() => {
      if (!isNowhere()) return;
      clearTimeout(timer);
      timer = setTimeout(look, patience);
    });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', note);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('focusin', note);
    };
  }, [leave]);
}

const isNowhere = () => document.activeElement === document.body || document.activeElement === null;

function ancestors(element: Element): Element[] {
  const found: Element[] = [];
  for (let each: Element | null = element; each; each = each.parentElement) found.push(each);
  return found;
}
