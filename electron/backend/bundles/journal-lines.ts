/** A journal that is read piece by piece, and checked without being kept: memory is that of its longest line. */
import { JournalCheck, largestJournal } from '../runs/journal.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { RefusedEntry } from './bundle-format.ts';

/** Bytes. The longest is the change of a file of 8 MiB. */
const longestLine = 64 * 1024 * 1024;

/** `see` gets every event. Throws RefusedEntry for what is too long to be a journal. */
export async function checkJournal(content: AsyncIterable<Buffer>, size: number, see: (event: RunEvent) => void): Promise<JournalCheck> {
  if (size > largestJournal) throw new RefusedEntry(`journal.jsonl has ${size} bytes, and a journal at most ${largestJournal}`);
  const check = new JournalCheck();
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of content) {
    let from = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      const event = check.take(Buffer.concat([...held, piece.subarray(from, end)]).toString('utf8'));
      if (event) see(event);
      held = [];
      length = 0;
      from = end + 1;
    }
    if (check.broken) continue;
    held.push(Buffer.from(piece.subarray(from)));
    length += piece.length - from;
    // What does not begin as an event can't become one: it is not waited for to its end.
    if (length > 0 && held.find(({ length: some }) => some > 0)?.[0] !== 0x7b) check.take('');
    if (length > longestLine) throw new RefusedEntry(`journal.jsonl has a line of more than ${longestLine} bytes`);
  }
  return check;
}
