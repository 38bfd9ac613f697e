/** Keys that are for the window although the terminal has the keyboard. All others go to the program. */
import type { Terminal } from '@xterm/xterm';

interface KeyActions {
  onLeave?(): void;
  onFind?(): void;
  onCopy?(text: string): void;
}

/** The handler answers whether xterm.js may have the key. */
export function terminalKeys(terminal: Terminal, actions: KeyActions): (event: KeyboardEvent) => boolean {
  return (event) => {
    const key = windowKey(event);
    if (!key) return true;
    if (key === 'paste') return false; // the browser pastes, which comes back as a paste event
    event.preventDefault();
    if (event.type !== 'keydown') return false;
    if (key === 'leave') actions.onLeave?.();
    if (key === 'find') actions.onFind?.();
    if (key === 'copy' && terminal.hasSelection()) actions.onCopy?.(terminal.getSelection());
    return false;
  };
}

/** Which window action a key is, if any. Ctrl+Shift because Ctrl alone belongs to the program. */
export function windowKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'metaKey' | 'altKey'>): 'leave' | 'find' | 'copy' | 'paste' | null {
  if (event.key === 'F6') return 'leave';
  const shifted = event.ctrlKey && event.shiftKey && !event.altKey;
  const command = event.metaKey && !event.ctrlKey && !event.altKey && !event.shiftKey;
  if (!shifted && !command) return null;
  switch (event.key.toLowerCase()) {
    case 'f':
      return 'find';
    case 'c':
      return 'copy';
    case 'v':
      return 'paste';
    default:
      return null;
  }
}
