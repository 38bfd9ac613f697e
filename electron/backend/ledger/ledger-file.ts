/**
 * `ledger.jsonl`: appended to by every Wrenchbook that works on the data folder, one at a time, each line with the SHA-256
 * of the line before. What was appended is on disk (fsync) when the call returns.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';
import { waitForLock } from '../waiting-lock.ts';
import { type LedgerEvent, type LedgerEventBody, ledgerEventBody, ledgerEventHead, ledgerVersion } from './ledger-event.ts';

export const genesis = '0'.repeat(64);
export const ledgerDigest = (line: string): string => createHash('sha256').update(line).digest('hex');
export const ledgerFile = (dataFolder: string): string => path.join(dataFolder, 'ledger.jsonl');

/** Lines are far shorter. */
const tailBytes = 64 * 1024;

/** Throws `storage`, and `locked` where another process does not let go of it; then nothing was written. */
export function appendToLedger(dataFolder: string, ...bodies: LedgerEventBody[]): LedgerEvent[] {
  const file = ledgerFile(dataFolder);
  const giveFree = waitForLock(path.join(dataFolder, 'ledger.lock'), `the ledger ${file}`);
  try {
    const fresh = !existsSync(file);
    const fd = openSync(file, 'a+', 0o600);
    try {
      const end = readEnd(fd);
      if (end.torn > 0) {
        ftruncateSync(fd, end.bytes);
        bodies.unshift({
          type: 'note',
          text: `The last line of the ledger was cut off after ${end.torn} bytes (power loss or full disk) and has been removed.`,
        });
      }
      const events = write(fd, end, bodies);
      if (fresh) syncFolder(dataFolder);
      return events;
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : storageError('write', file, cause);
  } finally {
    giveFree();
  }
}

/** The line's event; null where it can't be read. */
export function parseLedgerLine(line: string): LedgerEvent | null {
  try {
    const value: unknown = JSON.parse(line);
    return { ...ledgerEventHead.parse(value), ...ledgerEventBody.parse(value) };
  } catch {
    return null;
  }
}

interface End {
  /** Of whole lines. */
  bytes: number;
  torn: number;
  nextSeq: number;
  prev: string;
}

/** A damaged line in the middle stops nobody: the new one hangs on to the last, whatever that is. */
function readEnd(fd: number): End {
  const { size } = fstatSync(fd);
  let tail = readFrom(fd, Math.max(0, size - tailBytes), size);
  const whole = (text: Buffer) => text.subarray(0, text.lastIndexOf(10) + 1);
  const lastLineStart = (text: Buffer) => whole(text).subarray(0, -1).lastIndexOf(10) + 1;
  if (tail.length < size && lastLineStart(tail) === 0) tail = readFrom(fd, 0, size);
  const complete = whole(tail);
  const bytes = size - (tail.length - complete.length);
  if (complete.length === 0) return { bytes, torn: size - bytes, nextSeq: 0, prev: genesis };
  const line = complete.subarray(lastLineStart(tail), -1).toString('utf8');
  const seq = parseLedgerLine(line)?.seq ?? readFrom(fd, 0, bytes).toString('latin1').split('\n').length - 2;
  return { bytes, torn: size - bytes, nextSeq: seq + 1, prev: ledgerDigest(line) };
}

function readFrom(fd: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  let read = 0;
  for (let got = 1; got > 0 && read < bytes.length; read += got) got = readSync(fd, bytes, read, bytes.length - read, from + read);
  return bytes.subarray(0, read);
}

function write(fd: number, end: End, bodies: readonly LedgerEventBody[]): LedgerEvent[] {
  let prev = end.prev;
  const events = bodies.map((body, index): LedgerEvent => {
    const event = { v: ledgerVersion as typeof ledgerVersion, seq: end.nextSeq + index, at: new Date().toISOString(), prev, ...body };
    prev = ledgerDigest(JSON.stringify(event));
    return event;
  });
  const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
    fsyncSync(fd);
  } catch (cause) {
    try {
      ftruncateSync(fd, end.bytes);
    } catch {
      // The torn line is recognised and cut off by the next append.
    }
    throw cause;
  }
  return events;
}

/** The lines that name a run, as they stand in the file; for when it is asked for and is not there. Empty where there is no ledger. */
export function ledgerLinesOf(dataFolder: string, runId: string): LedgerEvent[] {
  let text: string;
  try {
    text = readFileSync(ledgerFile(dataFolder), 'utf8');
  } catch {
    return [];
  }
  if (!text.includes(runId)) return [];
  return text.split('\n').flatMap((line) => {
    const event = line.includes(runId) ? parseLedgerLine(line) : null;
    return event && event.type !== 'note' && event.runId === runId ? [event] : [];
  });
}
