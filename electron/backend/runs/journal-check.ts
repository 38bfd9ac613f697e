/** Checks the lines of a record one by one: each can be read, has its number, and holds the SHA-256 of the one before. */
import { createHash } from 'node:crypto';

/** What the first event has instead of a digest. */
export const genesis = '0'.repeat(64);
export const lineDigest = (line: string) => createHash('sha256').update(line).digest('hex');

export interface ChainedEvent {
  seq: number;
  prev: string;
}

/** Nothing follows a line that can't be read. */
export class JournalCheck<E extends ChainedEvent> {
  readonly findings: string[] = [];
  lastDigest = genesis;
  events = 0;
  /** A line could not be read: nothing behind it is. */
  broken = false;
  private readonly parse: (line: string) => E | null;

  /** `parse`: null for a line that can't be read. */
  constructor(parse: (line: string) => E | null) {
    this.parse = parse;
  }

  /** The line's event; null where it can't be read, or follows one that can't. */
  take(line: string): E | null {
    if (this.broken) return null;
    const event = this.parse(line);
    const at = `event ${this.events}`;
    if (!event) {
      this.findings.push(`${at} can't be read: the line was changed or belongs to a newer Wrenchbook`);
      this.broken = true;
      return null;
    }
    if (event.prev !== this.lastDigest) this.findings.push(`${at} does not follow the one before it: a line was changed, removed, added or moved`);
    if (event.seq !== this.events) this.findings.push(`${at} has number ${event.seq}`);
    this.lastDigest = lineDigest(line);
    this.events++;
    return event;
  }
}
