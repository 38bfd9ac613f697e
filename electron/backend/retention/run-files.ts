/** How much a run's folder takes up, and how its files are told apart. */
import { lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { recordingFile } from '../transcripts/recording-blocks.ts';

export interface RunFiles {
  bytes: number;
  journal: number;
  recording: number;
  files: number;
}
type Pause = () => Promise<void> | undefined;

/** Changes when something is written to the run's journal or recording. Empty for what is no run. */
export function runStamp(runFolder: string): string {
  const journal = stampOf(path.join(runFolder, 'journal.jsonl'));
  return journal && `${journal} ${stampOf(recordingFile(runFolder))}`;
}
export function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.size}:${stat.mtimeMs}` : '';
}

/** A lock is no part of what lies there. */
const isLock = (name: string) => name === 'lock' || name === 'lock.taken-over' || name.startsWith('.lock-');

/** The lengths of all files below; links are not followed. What goes away meanwhile counts nothing. */
export async function sizeOfFolder(folder: string, pause: Pause): Promise<number> {
  let bytes = 0;
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const name of namesIn(next)) {
      if (next === folder && isLock(name)) continue;
      const file = path.join(next, name);
      const stat = lstatSync(file, { throwIfNoEntry: false });
      if (stat?.isDirectory()) folders.push(file);
      else if (stat?.isFile()) bytes += stat.size;
    }
    await pause();
  }
  return bytes;
}

export async function sizeOfRun(runFolder: string, pause: Pause): Promise<RunFiles> {
  const bytes = await sizeOfFolder(runFolder, pause);
  const lengthOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const journal = lengthOf(path.join(runFolder, 'journal.jsonl'));
  const recording = lengthOf(recordingFile(runFolder));
  return { bytes, journal, recording, files: Math.max(0, bytes - journal - recording) };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
