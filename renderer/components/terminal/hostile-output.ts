/**
 * Terminal output is not trusted. xterm.js has no clipboard access (OSC 52) and answers no title reports by itself; said here
 * again so that no addon brings them in. Colour queries would be answered into whatever reads the terminal next.
 */
import type { Terminal } from '@xterm/xterm';

const swallow = () => true;
const onlyQueries = (data: string) => data.includes('?');

export function refuseHostileSequences(terminal: Terminal): void {
  terminal.parser.registerOscHandler(52, swallow);
  for (const title of [0, 1, 2]) terminal.parser.registerOscHandler(title, swallow);
  for (const colors of [4, 10, 11, 12]) terminal.parser.registerOscHandler(colors, onlyQueries);
}

/** Pieces the contract takes. Cut between characters, not inside a surrogate pair. */
export function pieces(data: string, limit = 65_536): string[] {
  const parts: string[] = [];
  for (let at = 0; at < data.length; ) {
    let end = Math.min(data.length, at + limit);
    if (end < data.length && /[\uD800-\uDBFF]/.test(data.charAt(end - 1))) end -= 1;
    parts.push(data.slice(at, end));
    at = end;
  }
  return parts;
}
