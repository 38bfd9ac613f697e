/** What the one who asked for an export may want to know of it, and do. */
import type { Reading } from './recording-blocks.ts';

export interface ExportWatch {
  /** When it is aborted the export ends with the signal's reason and leaves nothing. */
  signal?: AbortSignal;
  /** Bytes of the recording read so far, of all that will be. */
  onProgress?(done: number, total: number): void;
}

/** Reading that is told about and can be called off; `total`: bytes of all that will be read. */
export function watchedReading(watch: ExportWatch, total: number): Reading {
  let done = 0;
  watch.onProgress?.(0, total);
  return {
    signal: watch.signal,
    onRead(bytes) {
      // A run that goes on meanwhile makes it more.
      done = Math.min(total, done + bytes);
      watch.onProgress?.(done, total);
    },
  };
}
