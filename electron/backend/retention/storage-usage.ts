/** What the whole data folder takes up. Goes on in short pieces; tells how many of the runs it has looked at. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { StorageUsage } from '../../../shared/api/storage.ts';
import { timeSlices } from '../time-slices.ts';
import type { Places } from './places.ts';
import type { RestingSizes } from './resting-sizes.ts';
import { sizeOfFolder } from './run-files.ts';

export interface CountWatch {
  signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}
const derivedFolders = ['index', 'cache'];

export async function storageUsage(places: Places, sizes: RestingSizes, watch: CountWatch): Promise<StorageUsage> {
  const pause = timeSlices();
  const runs = { count: 0, bytes: 0, journal: 0, recording: 0, files: 0 };
  const archive = { count: 0, bytes: 0, unpackedBytes: 0 };
  const runIds = [...places.runIds(), ...places.fleetIds(), ...places.archivedIds()];
  for (const [index, runId] of runIds.entries()) {
    watch.signal?.throwIfAborted();
    watch.onProgress?.(index, runIds.length);
    const size = await sizes.of(runId, pause);
    await pause();
    if (!size) continue;
    const { bytes, journal, recording, files } = size;
    if (size.archived) {
      archive.count += 1;
      archive.bytes += bytes;
      archive.unpackedBytes += journal + recording + files;
      continue;
    }
    runs.count += 1;
    runs.bytes += bytes;
    runs.journal += journal;
    runs.recording += recording;
    runs.files += files;
  }
  const derived = (await Promise.all(derivedFolders.map((name) => sizeOfFolder(path.join(places.data, name), pause)))).reduce((sum, bytes) => sum + bytes, 0);
  const rest = await restOf(places, pause);
  watch.onProgress?.(runIds.length, runIds.length);
  return { runs, archive, derived, rest, total: runs.bytes + archive.bytes + derived + rest };
}

async function restOf(places: Places, pause: () => Promise<void> | undefined): Promise<number> {
  let bytes = 0;
  const counted = new Set([places.runs, places.fleets, places.archive, ...derivedFolders.map((name) => path.join(places.data, name))]);
  for (const name of namesIn(places.data)) {
    const file = path.join(places.data, name);
    const stat = counted.has(file) ? undefined : statSync(file, { throwIfNoEntry: false });
    bytes += stat?.isDirectory() ? await sizeOfFolder(file, pause) : (stat?.size ?? 0);
  }
  return bytes;
}

const namesIn = (folder: string) => {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nothing was kept yet
  }
};
