/** Compares a recording with the digests of it that the journal and the seal hold. */
import { createHash } from 'node:crypto';

export interface Mark {
  /** Where the recording stood, and the SHA-256 of all before. */
  bytes: number;
  sha256: string;
  /** Who saw it: `event 7`, `the seal`. */
  seenBy: string;
}
export interface MarkCheck {
  findings: string[];
  /** Bytes of the recording. */
  bytes: number;
  /** Bytes at its end that no mark covers. */
  beyond: number;
  /** The first of them. */
  beginning: string;
}
const beginningBytes = 4096;

/** Of an event of a run, or of a fleet run. */
export const markOf = ({ seq, recording }: { seq: number; recording?: { bytes: number; sha256: string } | null }): Mark[] =>
  recording && recording.bytes > 0 ? [{ bytes: recording.bytes, sha256: recording.sha256, seenBy: `event ${seq}` }] : [];

/** `content`: the recording's bytes from the first on, or null where there is none. Reads all of it. Throws the signal's reason. */
export async function checkMarks(marks: readonly Mark[], content: AsyncIterable<Buffer> | null, signal?: AbortSignal): Promise<MarkCheck> {
  const inOrder = [...marks].sort((a, b) => a.bytes - b.bytes);
  const last = inOrder.at(-1);
  if (!content) return { findings: last ? ['the recording is missing'] : [], bytes: 0, beyond: 0, beginning: '' };
  const hash = createHash('sha256');
  const findings: string[] = [];
  let at = 0;
  let next = 0;
  let beginning = '';
  for await (const piece of content) {
    signal?.throwIfAborted();
    let rest = piece;
    for (let mark = inOrder[next]; findings.length === 0 && mark && mark.bytes <= at + rest.length; mark = inOrder[next]) {
      const upTo = mark.bytes - at;
      hash.update(rest.subarray(0, upTo));
      rest = rest.subarray(upTo);
      at = mark.bytes;
      if (hash.copy().digest('hex') !== mark.sha256)
        findings.push(`the recording was changed or swapped: its first ${mark.bytes} bytes are not those that ${mark.seenBy} saw`);
      next++;
    }
    hash.update(rest);
    if (next === inOrder.length && beginning.length < beginningBytes) beginning += rest.toString('latin1', 0, beginningBytes);
    at += rest.length;
  }
  if (findings.length === 0 && last && at < last.bytes) findings.push(`the recording was cut: it has ${at} bytes, ${last.seenBy} saw ${last.bytes}`);
  return { findings, bytes: at, beyond: Math.max(0, at - (last?.bytes ?? 0)), beginning };
}
