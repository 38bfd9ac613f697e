/**
 * The one way to the admin's own terminal. What is printed may come from records, bundles and targets, so control
 * characters never pass. The live terminal of a run is the exception, and the only one: terminal-keys.ts.
 */
import { writeSync } from 'node:fs';
import { WrenchbookError } from '../../shared/api/error.ts';
import { shownText } from '../../shared/api/shown-text.ts';

/** Nobody reads any more: `wrenchbook topics | head -1`. What the command does goes on, and its exit status tells of that. */
let readerGone = false;

function write(bytes: Buffer): void {
  for (let at = 0; at < bytes.length && !readerGone; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === 'EPIPE') readerGone = true;
      else if (code !== 'EAGAIN')
        throw new WrenchbookError(
          'storage',
          `Standard output could not be written: ${code === 'ENOSPC' ? 'no space is left where it goes to' : message}.`,
          'The output so far is incomplete. Free some space or choose another place, and try again.',
          { cause },
        );
    }
  }
}

/** All of it, also into a pipe that is closed right after: nothing is left in a buffer when the process ends. Throws `storage`. */
export const print = (text: string): void => write(Buffer.from(shownText(`${text}\n`)));
/** For people: standard error. */
export const tell = (text: string): void => void process.stderr.write(shownText(`${text}\n`));
/** A question whose answer is typed behind it. */
export const prompt = (text: string): void => void process.stderr.write(shownText(text));
/** One line that the next one takes the place of; empty: takes it away. */
export const progress = (text: string): void => void process.stderr.write(`\r\x1b[K${shownText(text)}`);
/** What people watch, the live terminal too, may be closed or full: what is done goes on, and is recorded anyway. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
