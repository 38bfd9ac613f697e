/** The ceiling: bytes that are already in the page, handed to the terminal as fast as it acknowledges them. */
import type { TerminalFrame, TerminalSource } from '../../../renderer/components/terminal/terminal-source.ts';
import { endText, readyText, warmBytes, warmText } from '../pour-script.ts';

const frameBytes = 64 * 1024;
const window = 512 * 1024;

/** The script's doing, in the page: ready, Enter, a little of it, Enter, all of it. */
export function sourceFromMemory(file: Uint8Array): TerminalSource {
  const pours = [asTerminalShows(file.subarray(0, warmBytes), warmText), asTerminalShows(file, endText)];
  let listener: (frame: TerminalFrame) => void = () => undefined;
  let pour = new Uint8Array();
  let pourOffset = 0;
  let sent = 0;
  const sendUpTo = (limit: number) => {
    while (sent < Math.min(limit, pourOffset + pour.length)) {
      const bytes = pour.subarray(sent - pourOffset, sent - pourOffset + frameBytes);
      const offset = sent;
      sent += bytes.length;
      listener({ offset, bytes });
    }
  };
  return {
    attach: async () => ({ offset: 0, bytes: onEmptyScreen(readyText) }),
    onData: (given) => {
      listener = given;
      return () => undefined;
    },
    write: (data) => {
      if (data !== '\r') return;
      pourOffset = sent;
      pour = pours.shift() ?? new Uint8Array();
      sendUpTo(sent + window);
    },
    resize: () => undefined,
    acknowledge: (offset) => sendUpTo(offset + window),
  };
}

const onEmptyScreen = (text: string) => new TextEncoder().encode(`\x1b[0m\x1b[2J\x1b[H${text}\r\n`);

/** With the carriage returns a pseudo-terminal puts in, and the text that the script prints behind it. */
function asTerminalShows(file: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const end = onEmptyScreen(text);
  let breaks = 0;
  for (const byte of file) if (byte === 10) breaks += 1;
  const shown = new Uint8Array(file.length + breaks + end.length);
  let at = 0;
  for (const byte of file) {
    if (byte === 10) shown[at++] = 13;
    shown[at++] = byte;
  }
  shown.set(end, at);
  return shown;
}
