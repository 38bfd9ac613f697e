/** Checks that a run's record is as it was written: the journal's chain, and the recording against the journal's marks. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import type { Verification } from '../../../shared/api/transcript.ts';
import { readJournal } from '../runs/journal.ts';
import type { RecordingMark, RunEvent } from '../runs/run-event.ts';
import { recordingFile } from './recording-blocks.ts';

/** Findings name what does not fit, a sentence each. Reads the recording once, with flat memory. */
export async function verifyRun(folder: string): Promise<Verification> {
  const { events, findings } = readJournal(folder);
  const problems = [...findings];
  if (events[0]?.type !== 'run-created') problems.push('the journal does not begin with the creation of a run');
  problems.push(...(await checkRecording(recordingFile(folder), events)));
  return { ok: problems.length === 0, findings: problems };
}

async function checkRecording(file: string, events: readonly RunEvent[]): Promise<string[]> {
  const marks = events.flatMap((event): { seq: number; mark: RecordingMark }[] => ('recording' in event ? [{ seq: event.seq, mark: event.recording }] : []));
  const last = marks.at(-1);
  if (!last) return [];
  if (!existsSync(file)) return ['the recording is missing'];
  if (statSync(file).size < last.mark.bytes) return [`the recording was cut: it has ${statSync(file).size} bytes, event ${last.seq} saw ${last.mark.bytes}`];
  const hash = createHash('sha256');
  let at = 0;
  for (const { seq, mark } of marks) {
    if (mark.bytes > at) {
      for await (const chunk of createReadStream(file, { start: at, end: mark.bytes - 1 })) hash.update(chunk as Buffer);
      at = mark.bytes;
    }
    if (hash.copy().digest('hex') !== mark.sha256) return [`the recording was changed before the end of event ${seq} (first ${mark.bytes} bytes)`];
  }
  return [];
}
