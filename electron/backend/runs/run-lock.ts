/**
 * One process at a time works on a run. The lock is a file that appears whole (written beside and linked into place) and
 * names its owner; when that process is gone the next one takes it over, one at a time.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { bootId, isRunning, startTicks } from '../sessions/process-family.ts';
import { storageError } from '../storage-error.ts';

interface Owner {
  pid: number;
  host: string;
  /** Start of the process and boot of the machine, where the system tells; another process may get the same id later. */
  started: string | null;
  boot: string | null;
}

/** A take-over lasts a moment; one that is older than this was cut off in the middle. */
const takeOverMs = 10_000;

/** Takes the lock and returns the function that gives it back. Throws WrenchbookError `locked` or `storage`. */
export function lockRun(folder: string): () => void {
  const file = path.join(folder, 'lock');
  const own = path.join(folder, `.lock-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    writeFileSync(own, JSON.stringify(thisProcess()), { flag: 'wx', mode: 0o600 });
    for (let attempt = 0; attempt < 3; attempt++) {
      if (linked(own, file)) return () => giveBack(file);
      takeOver(folder, file);
    }
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : storageError('lock', file, cause);
  } finally {
    rmSync(own, { force: true });
  }
  throw new WrenchbookError('locked', 'Another Wrenchbook took this run at the same moment.', 'Try again.');
}

const thisProcess = (): Owner => ({ pid: process.pid, host: hostname(), started: startTicks(process.pid), boot: bootId() });

/** Only a lock of this process is removed: the folder may have been replaced meanwhile. */
function giveBack(file: string): void {
  const owner = readOwner(file);
  if (typeof owner === 'object' && owner.pid === process.pid && owner.host === hostname()) rmSync(file, { force: true });
}

function linked(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw cause;
  }
  // A file system without hard links (FAT, some network shares): made in one step as well, but seen empty for a moment.
  try {
    writeFileSync(file, readFileSync(own), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

/**
 * Removes the lock of a process that is gone. Whoever makes the folder `lock.taken-over` may look and remove, so that
 * nobody removes the lock that somebody else has just taken over.
 */
function takeOver(folder: string, file: string): void {
  const guard = path.join(folder, 'lock.taken-over');
  try {
    mkdirSync(guard);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    if (ageMs(guard) < takeOverMs) throw new WrenchbookError('locked', 'Another Wrenchbook is taking over this run.', 'Try again in a moment.');
    rmdirSync(guard);
    return;
  }
  try {
    const owner = readOwner(file);
    if (owner === 'nobody') return;
    if (owner !== 'unreadable' && isElsewhere(owner))
      throw new WrenchbookError(
        'locked',
        `Process ${owner.pid} on ${owner.host} is working on this run.`,
        owner.host === hostname()
          ? 'Continue there, or quit that Wrenchbook first.'
          : `Continue there, or quit that Wrenchbook first. If that machine is gone for good, remove the file ${file}.`,
      );
    rmSync(file, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

function ageMs(folder: string): number {
  try {
    return Date.now() - statSync(folder).mtimeMs;
  } catch {
    return 0; // gone: the take-over has just ended
  }
}

/** `nobody`: it was given back just now, and somebody else may be taking it. `unreadable`: a power loss damaged it. */
function readOwner(file: string): Owner | 'nobody' | 'unreadable' {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'nobody' : 'unreadable';
  }
}

/** Whether the owner still lives. A process of another host can't be asked, so it is taken as living. */
function isElsewhere(owner: Owner): boolean {
  if (owner.host !== hostname()) return true;
  if (owner.boot !== null && owner.boot !== bootId()) return false;
  return isRunning(owner.pid) && startTicks(owner.pid) === owner.started;
}
