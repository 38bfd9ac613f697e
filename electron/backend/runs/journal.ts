/**
 * The append-only record of one run: one JSON event a line, each with the SHA-256 of the line before. Appending is
 * synchronous and on disk (fsync) when it returns, so an acknowledged event survives kill -9 and power loss.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { storageError } from '../storage-error.ts';
import { journalVersion, type RunEvent, type RunEventBody, runEventBody, runEventHead } from './run-event.ts';
import { syncFolder } from './sync-folder.ts';

const genesis = '0'.repeat(64);
const digest = (line: string) => createHash('sha256').update(line).digest('hex');

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

/** Reads and checks journal text: chain, numbering, version, form. A torn last line is cut off and no finding. */
export function parseJournal(text: string): JournalContent {
  const content: JournalContent = { events: [], lines: [], findings: [], intactBytes: 0, lastDigest: genesis };
  const lines = text.split('\n');
  lines.pop(); // after the last line break: empty, or a line whose end was never written
  for (const [index, line] of lines.entries()) {
    const event = parseLine(line);
    const at = `event ${index}`;
    if (!event) {
      content.findings.push(`${at} can't be read: the line was changed or belongs to a newer Wrenchbook`);
      break;
    }
    if (event.prev !== content.lastDigest) content.findings.push(`${at} does not follow the one before it: a line was changed, removed, added or moved`);
    if (event.seq !== index) content.findings.push(`${at} has number ${event.seq}`);
    content.events.push(event);
    content.lines.push(line);
    content.lastDigest = digest(line);
    content.intactBytes += Buffer.byteLength(line) + 1;
  }
  return content;
}

function parseLine(line: string): RunEvent | null {
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
    return parseJournal(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw storageError('read', file, cause);
  }
}

const notOfItsForm = (type: string) =>
  new WrenchbookError(
    'internal',
    `An event "${type}" can't be written into the journal: it is not of its form.`,
    'Nothing more was run. Find out in which state the machine is, and please report this.',
  );

export class Journal {
  private readonly fd: number;
  private readonly file: string;
  private length: number;
  private lastDigest: string;
  private readonly known: RunEvent[];
  private readonly redact: (body: RunEventBody) => RunEventBody & { masked?: number };

  /** Opens or creates the journal in a run's folder. A torn last line is cut off and noted; `redact` masks what is appended. Throws `storage`. */
  constructor(folder: string, redact: (body: RunEventBody) => RunEventBody & { masked?: number } = (body) => body) {
    this.redact = redact;
    this.file = path.join(folder, 'journal.jsonl');
    const fresh = !existsSync(this.file);
    try {
      this.fd = openSync(this.file, 'a+', 0o600);
      const content = parseJournal(readFileSync(this.fd, 'utf8'));
      if (content.findings.length > 0)
        throw new WrenchbookError(
          'storage',
          `The journal ${this.file} is damaged: ${content.findings.join('; ')}.`,
          'Keep the file as it is and look at it with "wrenchbook transcripts verify"; start a new run.',
        );
      this.known = content.events;
      this.length = content.intactBytes;
      this.lastDigest = content.lastDigest;
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
      const event = {
        v: journalVersion as typeof journalVersion,
        seq: this.known.length + index,
        at: new Date().toISOString(),
        prev: before,
        ...this.redact(body),
      };
      const line = JSON.stringify(event);
      // What this reader would refuse later is an error of whoever writes it now.
      if (!parseLine(line)) throw notOfItsForm(body.type);
      before = digest(line);
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
    this.lastDigest = before;
    this.known.push(...events);
    return events;
  }

  /** The last event and the digest of its line. */
  get last(): { seq: number; digest: string } {
    return { seq: this.known.length - 1, digest: this.lastDigest };
  }

  close(): void {
    closeSync(this.fd);
  }

  /**
   * Throws `storage` where the file was taken away, or written to by somebody else: the lock keeps other processes out,
   * but should one have got in all the same, nothing is written over what it wrote.
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
