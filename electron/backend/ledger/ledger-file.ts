/**
 * `ledger.jsonl`: appended to by every Wrenchbook that works on the data folder, one at a time, each line signed and with the
 * SHA-256 of the line before. What was appended is on disk (fsync) when the call returns.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { fingerprintOf } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { signatureOf, signed } from '../runs/signed-line.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { storageError } from '../storage-error.ts';
import { waitForLock } from '../waiting-lock.ts';
import { type LedgerEvent, type LedgerEventBody, ledgerEventBody, ledgerEventHead, ledgerVersion } from './ledger-event.ts';

export const genesis = '0'.repeat(64);
export const ledgerDigest = (line: string): string => createHash('sha256').update(line).digest('hex');
export const ledgerFile = (dataFolder: string): string => path.join(dataFolder, 'ledger.jsonl');

/** Lines are far shorter. */
const tailBytes = 64 * 1024;

/** Who signs the ledger, and whose signatures in it count. */
export interface LedgerKeys {
  readonly signing: SigningKey;
  readonly isOwn: (fingerprint: string) => boolean;
}

/** Throws `storage`, and `locked` where another process does not let go of it; then nothing was written. */
export function appendToLedger(dataFolder: string, keys: LedgerKeys, ...bodies: LedgerEventBody[]): LedgerEvent[] {
  return holdingLedger(dataFolder, (file) => {
    const { signing } = keys;
    const fresh = !existsSync(file);
    const fd = openSync(file, 'a+', 0o600);
    try {
      const end = readEnd(fd);
      const events = write(fd, end, signing, [...mended(fd, end, keys), ...bodies]);
      if (fresh) syncFolder(dataFolder);
      return events;
    } finally {
      closeSync(fd);
    }
  });
}

/** What a crash left of the last line is put right, and that is noted; nothing else. Throws as `appendToLedger` does. */
export function mendLedgerEnd(dataFolder: string, keys: LedgerKeys): void {
  holdingLedger(dataFolder, (file) => {
    const fd = openSync(file, 'a+', 0o600);
    try {
      const end = readEnd(fd);
      const notes = end.torn.length > 0 ? mended(fd, end, keys) : [];
      if (notes.length > 0) write(fd, end, keys.signing, notes);
    } finally {
      closeSync(fd);
    }
  });
}

/** While nobody else writes to it. `work` gets its file. */
export function holdingLedger<T>(dataFolder: string, work: (file: string) => T): T {
  const file = ledgerFile(dataFolder);
  const giveFree = waitForLock(path.join(dataFolder, 'ledger.lock'), `the ledger ${file}`);
  try {
    return work(file);
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : storageError('write', file, cause);
  } finally {
    giveFree();
  }
}

/** A new ledger under another name, on disk when this returns. Throws file system errors. */
export function beginLedger(file: string, { signing }: LedgerKeys, bodies: readonly LedgerEventBody[]): void {
  const fd = openSync(file, 'wx+', 0o600);
  try {
    write(fd, readEnd(fd), signing, bodies);
  } finally {
    closeSync(fd);
  }
}

/** Number of the last whole line and its digest, for seals; null where there is none. */
export function ledgerHead(dataFolder: string): { seq: number; digest: string } | null {
  const file = ledgerFile(dataFolder);
  if (!existsSync(file)) return null;
  const fd = openSync(file, 'r');
  try {
    const { nextSeq, prev } = readEnd(fd);
    return nextSeq === 0 ? null : { seq: nextSeq - 1, digest: prev };
  } catch (cause) {
    throw storageError('read', file, cause);
  } finally {
    closeSync(fd);
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
  /** What follows them. */
  torn: Buffer;
  /** The last whole line; empty where there is none. */
  line: string;
  nextSeq: number;
  prev: string;
}

function readEnd(fd: number): End {
  const { size } = fstatSync(fd);
  let tail = readFrom(fd, Math.max(0, size - tailBytes), size);
  const whole = (text: Buffer) => text.subarray(0, text.lastIndexOf(10) + 1);
  const lastLineStart = (text: Buffer) => whole(text).subarray(0, -1).lastIndexOf(10) + 1;
  if (tail.length < size && lastLineStart(tail) === 0) tail = readFrom(fd, 0, size);
  const complete = whole(tail);
  const torn = Buffer.from(tail.subarray(complete.length));
  const bytes = size - torn.length;
  if (complete.length === 0) return { bytes, torn, line: '', nextSeq: 0, prev: genesis };
  const line = complete.subarray(lastLineStart(tail), -1).toString('utf8');
  const seq = parseLedgerLine(line)?.seq ?? readFrom(fd, 0, bytes).toString('latin1').split('\n').length - 2;
  return { bytes, torn, line, nextSeq: seq + 1, prev: ledgerDigest(line) };
}

/**
 * Makes the end one that a line can follow. A line that lacks its line break only is completed, what is torn is cut off. What is not
 * ours stays where it is, and the line that follows says so: else it would be vouched for by what comes behind it.
 */
function mended(fd: number, end: End, keys: LedgerKeys): LedgerEventBody[] {
  const notes: LedgerEventBody[] = [];
  if (end.torn.length > 0) {
    const line = end.torn.toString('utf8');
    if (isOurs(line, keys)) {
      writeSync(fd, '\n');
      Object.assign(end, { bytes: end.bytes + end.torn.length + 1, line, nextSeq: (parseLedgerLine(line)?.seq ?? 0) + 1, prev: ledgerDigest(line) });
      notes.push({ type: 'note', text: 'The last line of the ledger had no line break (power loss or full disk); it was added.' });
    } else {
      ftruncateSync(fd, end.bytes);
      notes.push({
        type: 'note',
        text: `The last line of the ledger was cut off after ${end.torn.length} bytes (power loss or full disk) and has been removed.`,
      });
    }
  }
  if (end.line !== '' && !isOurs(end.line, keys)) notes.push({ type: 'damage', text: `Line ${end.nextSeq} is not one that this workstation wrote.` });
  return notes;
}

/** Lines of before lines were signed are ours as long as the key is of then. */
function isOurs(line: string, { signing, isOwn }: LedgerKeys): boolean {
  const signature = signatureOf('ledger line', line);
  if (!signature) return !signing.signsAll && parseLedgerLine(line) !== null;
  return signature.fits && isOwn(fingerprintOf(signature.key));
}

function readFrom(fd: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  let read = 0;
  for (let got = 1; got > 0 && read < bytes.length; read += got) got = readSync(fd, bytes, read, bytes.length - read, from + read);
  return bytes.subarray(0, read);
}

function write(fd: number, end: End, key: SigningKey, bodies: readonly LedgerEventBody[]): LedgerEvent[] {
  let prev = end.prev;
  const events = bodies.map((body, index): LedgerEvent => {
    const unsigned = { v: ledgerVersion as typeof ledgerVersion, seq: end.nextSeq + index, at: new Date().toISOString(), prev, ...body };
    const event = signed('ledger line', unsigned, key);
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
    return event && 'runId' in event && event.runId === runId ? [event] : [];
  });
}
