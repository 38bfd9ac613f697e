/** The ceiling: bytes that are already in the page, handed to the terminal as fast as it acknowledges them. */
import type { TerminalFrame, TerminalSource } from '../../../renderer/components/terminal/terminal-source.ts';
import { endText, readyText } from '../pour-script.ts';

const frameBytes = 64 * 1024;
const window = 512 * 1024;

/** Starts when Enter is typed. */
export function sourceFromMemory(file: Uint8Array): TerminalSource {
  const bytes = asTerminalShows(file);
  const first = new TextEncoder().encode(`${readyText}\r\n`);
  let listener: (frame: TerminalFrame) => void = () => undefined;
  let sent = 0;
  const sendUpTo = (limit: number) => {
    while (sent < Math.min(limit, bytes.length)) {
      const frame = { offset: sent, bytes: bytes.subarray(sent, sent + frameBytes) };
      sent += frame.bytes.length;
      listener(frame);
    }
  };
  return {
    attach: async () => ({ offset: 0, bytes: first }),
    onData: (given) => {
      listener = given;
      return () => undefined;
    },
    write: (data) => {
      if (data === '\r') sendUpTo(window);
    },
    resize: () => undefined,
    acknowledge: (offset) => sendUpTo(offset + window),
  };
}

/** With the carriage returns a pseudo-terminal puts in, and the end that the script prints. */
function asTerminalShows(file: Uint8Array): Uint8Array {
  const end = new TextEncoder().encode(`\x1b[0m\x1b[2J\x1b[H${endText}\r\n`);
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
