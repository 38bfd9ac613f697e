/** Whether a run's seal holds all that the run's folder has of journal and recording. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { recordingFile } from '../transcripts/recording-blocks.ts';
import { type RunSeal, readSeal, type WholeFile } from './run-seal.ts';

/** Checks lengths: what is in them was checked before. */
export function holdsAll(runFolder: string): boolean {
  const seal = readSeal(runFolder);
  return seal !== null && coversAll(runFolder, seal);
}

export function coversAll(runFolder: string, seal: RunSeal): boolean {
  const bytes = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? null;
  return (
    seal.version === 2 &&
    bytes(path.join(runFolder, 'journal.jsonl')) === seal.journal.bytes &&
    bytes(recordingFile(runFolder)) === (seal.recording?.bytes ?? null)
  );
}

/** Null where there is none. Streams. */
export async function wholeRecording(runFolder: string): Promise<WholeFile | null> {
  const file = recordingFile(runFolder);
  if (!existsSync(file)) return null;
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(file)) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
