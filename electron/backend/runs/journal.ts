/**
 * The append-only record of one run: one JSON event a line, each with the SHA-256 of the line before. Appending is
 * synchronous and on disk (fsync) when it returns, so an acknowledged event survives kill -9 and power loss.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { storageError } from '../storage-error.ts';
import { genesis, JournalCheck, lineDigest } from './journal-check.ts';
import { journalVersion, type RunEvent, type RunEventBody, runEventBody, runEventHead } from './run-event.ts';
import { signed } from './signed-line.ts';
import { syncFolder } from './sync-folder.ts';

export interface JournalContent {
  events: RunEvent[];
  /** Their lines, as they stand in the file. */
  lines: string[];
  /** What is wrong with it, a sentence each; empty for an intact journal. */
  findings: string[];
  /** Bytes of intact lines; what follows is a torn last line. */
  intactBytes: number;
  lastDigest: string;
}

/** Bytes. A run writes some hundred KiB; more than this is no journal, and is not read into memory. */
export const largestJournal = 256 * 1024 * 1024;

/** Reads and checks journal text. A torn last line is cut off and no finding. */
export function parseJournal(text: string): JournalContent {
  const content: JournalContent = { events: [], lines: [], findings: [], intactBytes: 0, lastDigest: genesis };
  const check = new JournalCheck(parseRunEvent);
  const lines = text.split('\n');
  lines.pop(); // after the last line break: empty, or a line whose end was never written
  for (const line of lines) {
    const event = check.take(line);
    if (!event) break;
    content.events.push(event);
    content.lines.push(line);
    content.intactBytes += Buffer.byteLength(line) + 1;
  }
  return { ...content, findings: check.findings, lastDigest: check.lastDigest };
}

/** Null for a line that can't be read. */
export function parseRunEvent(line: string): RunEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const head = runEventHead.safeParse(value);
  const body = runEventBody.safeParse(value);
  return head.success && body.success ? { ...head.data, ...body.data } : null;
}

/** Reads a run's journal without opening it for writing. Throws WrenchbookError `storage`. */
export function readJournal(folder: string): JournalContent {
  const file = path.join(folder, 'journal.jsonl');
  try {
    const { size } = statSync(file);
    if (size > largestJournal) throw new Error(`it has ${size} bytes, and a journal at most ${largestJournal}`);
    return parseJournal(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw storageError('read', file, cause);
  }
}

const notOfItsForm = (type: string) =>
  new WrenchbookError(
    'internal',
    `An event "${type}" can't be written to the journal: it is malformed.`,
    'Nothing more was run. Find out in which state the machine is, and please report this.',
  );

export interface JournalOptions {
  /** Signs what is appended. Only what never becomes a record of somebody's goes without. */
  key?: SigningKey | undefined;
  /** SHA-256 of the last line that was checked; another one is refused. */
  checked?: string | undefined;
  /** Told of an event that ends the run or its undo, before it is written. */
  onEnding?: ((last: { seq: number; digest: string }) => void) | undefined;
}

export class Journal {
  private readonly fd: number;
  private readonly file: string;
  private length: number;
  private readonly hash: Hash = createHash('sha256');
  private lastDigest: string;
  private readonly known: RunEvent[];
  private readonly redact: (body: RunEventBody) => RunEventBody & { masked?: number };
  private readonly options: JournalOptions;

  /** Opens or creates the journal in a run's folder. A torn last line is cut off and noted; `redact` masks what is appended. Throws `storage`. */
  constructor(folder: string, redact: (body: RunEventBody) => RunEventBody & { masked?: number } = (body) => body, options: JournalOptions = {}) {
    this.redact = redact;
    this.options = options;
    this.file = path.join(folder, 'journal.jsonl');
    const fresh = !existsSync(this.file);
    try {
      this.fd = openSync(this.file, 'a+', 0o600);
      const content = parseJournal(readFileSync(this.fd, 'utf8'));
      if (content.findings.length > 0)
        throw new WrenchbookError(
          'storage',
          `The journal ${this.file} is damaged: ${content.findings.join('; ')}.`,
          'Keep the file unchanged and check it with "wrenchbook transcripts verify"; start a new run.',
        );
      if (options.checked !== undefined && content.lastDigest !== options.checked)
        throw new WrenchbookError('locked', `The journal ${this.file} was written to while it was being checked.`, 'Try again.');
      this.known = content.events;
      this.length = content.intactBytes;
      this.lastDigest = content.lastDigest;
      this.hash.update(content.lines.map((line) => `${line}\n`).join(''));
      const torn = fstatSync(this.fd).size - this.length;
      if (torn > 0) {
        ftruncateSync(this.fd, this.length);
        this.append({ type: 'note', text: `The last line of the journal was cut off after ${torn} bytes (power loss or full disk) and has been removed.` });
      }
      if (fresh) syncFolder(folder);
    } catch (cause) {
      if (cause instanceof WrenchbookError) throw cause;
      throw storageError('open', this.file, cause);
    }
  }

  get events(): readonly RunEvent[] {
    return this.known;
  }

  /** Writes events and returns when they are on disk. Throws `storage`, and `internal` for an event that could not be read again; then nothing of them stays behind. */
  append(...bodies: RunEventBody[]): RunEvent[] {
    let before = this.lastDigest;
    const events = bodies.map((body, index): RunEvent => {
      const unsigned = {
        v: journalVersion as typeof journalVersion,
        seq: this.known.length + index,
        at: new Date().toISOString(),
        prev: before,
        ...this.redact(body),
      };
      const event = this.options.key ? signed('event', unsigned, this.options.key) : unsigned;
      const line = JSON.stringify(event);
      // What this reader would refuse later is an error of whoever writes it now.
      if (!parseRunEvent(line)) throw notOfItsForm(body.type);
      before = lineDigest(line);
      if (body.type === 'run-ended' || body.type === 'undo-ended') this.options.onEnding?.({ seq: event.seq, digest: before });
      return event;
    });
    const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    this.checkFile();
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.fd, bytes, written);
      fsyncSync(this.fd);
    } catch (cause) {
      this.cutBack();
      throw storageError('write', this.file, cause);
    }
    this.length += bytes.length;
    this.hash.update(bytes);
    this.lastDigest = before;
    this.known.push(...events);
    return events;
  }

  /** How far it has come: the last event, the digest of its line, and the whole file. */
  get end(): { seq: number; digest: string; journal: { bytes: number; sha256: string } } {
    return { seq: this.known.length - 1, digest: this.lastDigest, journal: { bytes: this.length, sha256: this.hash.copy().digest('hex') } };
  }

  close(): void {
    closeSync(this.fd);
  }

  /**
   * Throws `storage` where the file was taken away, or written to by somebody else: the lock keeps other processes out,
   * but should one have got in anyway, nothing is written over what it wrote.
   */
  checkFile(): void {
    const { size, ino } = fstatSync(this.fd);
    // Writing to a file that was removed or moved away would succeed, and what it acknowledges would be lost.
    if (process.platform !== 'win32' && statSync(this.file, { throwIfNoEntry: false })?.ino !== ino) throw storageError('find', this.file, { code: 'ENOENT' });
    if (size === this.length) return;
    throw new WrenchbookError(
      'storage',
      `The journal ${this.file} has ${size} bytes where this Wrenchbook left ${this.length}: something else writes to it.`,
      'End every other Wrenchbook that has this run open, then open the run again.',
    );
  }

  private cutBack(): void {
    try {
      ftruncateSync(this.fd, this.length);
    } catch {
      // The torn line is recognised and cut off when the journal is opened next.
    }
  }
}
