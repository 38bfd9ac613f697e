/** A journal that is read piece by piece, and checked without being kept: memory is that of its longest line. */
import { type ChainedEvent, JournalCheck } from '../runs/journal-check.ts';
import { RefusedEntry } from './bundle-format.ts';

/** Bytes. The longest is the change of a file of 8 MiB. */
const longestLine = 64 * 1024 * 1024;

interface JournalKind<E extends ChainedEvent> {
  parse(line: string): E | null;
  /** Bytes. */
  largest: number;
}

/** `see` gets every event, with its line. Throws RefusedEntry for what is too long to be a journal. */
export async function checkJournal<E extends ChainedEvent>(
  content: AsyncIterable<Buffer>,
  size: number,
  { parse, largest }: JournalKind<E>,
  see: (event: E, line: string) => void,
): Promise<JournalCheck<E>> {
  if (size > largest) throw new RefusedEntry(`journal.jsonl has ${size} bytes, and a journal at most ${largest}`);
  const check = new JournalCheck(parse);
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of content) {
    let from = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      const line = Buffer.concat([...held, piece.subarray(from, end)]).toString('utf8');
      const event = check.take(line);
      if (event) see(event, line);
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
