/** One process at a time works on a run. The lock names its owner's process and is taken over when that is gone. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { isRunning, startTicks } from '../sessions/process-family.ts';
import { storageError } from '../storage-error.ts';

interface Owner {
  pid: number;
  host: string;
  /** Start of the process, where the system tells; another process may get the same id later. */
  started: string | null;
}

/** Takes the lock and returns the function that gives it back. Throws WrenchbookError `locked` or `storage`. */
export function lockRun(folder: string): () => void {
  const file = path.join(folder, 'lock');
  const me: Owner = { pid: process.pid, host: hostname(), started: startTicks(process.pid) };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw storageError('lock', file, cause);
    }
    const owner = readOwner(file);
    if (owner && isElsewhere(owner)) {
      throw new WrenchbookError('locked', `Process ${owner.pid} on ${owner.host} is working on this run.`, 'Go on there, or end that Wrenchbook first.');
    }
    rmSync(file, { force: true });
  }
  throw new WrenchbookError('locked', 'Another Wrenchbook took this run at the same moment.', 'Try again.');
}

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return null; // empty: its writer was killed between creating and writing
  }
}

/** Whether the owner still lives. A process of another host can't be asked, so it is taken as living. */
function isElsewhere(owner: Owner): boolean {
  if (owner.host !== hostname()) return true;
  return isRunning(owner.pid) && startTicks(owner.pid) === owner.started;
}
