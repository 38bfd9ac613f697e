/** Compares a recording with the digests of it that the journal holds. */
import { createHash } from 'node:crypto';
import type { RunEvent } from '../runs/run-event.ts';

/** `content`: the recording's bytes from the first on, or null where there is none. Reads no further than the last mark. */
export async function checkMarks(events: readonly RunEvent[], content: AsyncIterable<Buffer> | null): Promise<string[]> {
  const marks = events.flatMap((event) => ('recording' in event ? [{ seq: event.seq, ...event.recording }] : []));
  const last = marks.at(-1);
  if (!last || last.bytes === 0) return [];
  if (!content) return ['the recording is missing'];
  const hash = createHash('sha256');
  let at = 0;
  let next = 0;
  for await (const piece of content) {
    let rest = piece;
    for (let mark = marks[next]; mark && mark.bytes <= at + rest.length; mark = marks[next]) {
      const upTo = mark.bytes - at;
      hash.update(rest.subarray(0, upTo));
      rest = rest.subarray(upTo);
      at = mark.bytes;
      if (hash.copy().digest('hex') !== mark.sha256)
        return [`the recording was changed or swapped: its first ${mark.bytes} bytes are not those that event ${mark.seq} saw`];
      next++;
    }
    hash.update(rest);
    at += rest.length;
  }
  return next < marks.length ? [`the recording was cut: it has ${at} bytes, event ${last.seq} saw ${last.bytes}`] : [];
}
