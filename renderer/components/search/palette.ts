/** Whether the palette is open, and where the keyboard was before. */
import { create } from 'zustand';

export const usePalette = create<{ open: boolean }>(() => ({ open: false }));
let cameFrom: Element | null = null;

export function openPalette(): void {
  if (usePalette.getState().open) return;
  cameFrom = document.activeElement;
  usePalette.setState({ open: true });
}

/** Something was chosen: what opens takes the keyboard. */
export const closePalette = (): void => usePalette.setState({ open: false });

/** Nothing was chosen: the keyboard is where it was. */
export function leavePalette(): void {
  closePalette();
  // Once the dialog no longer holds the focus in itself.
  const back = cameFrom;
  requestAnimationFrame(() => {
    if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus();
    else document.querySelector<HTMLElement>('h1')?.focus();
  });
}
