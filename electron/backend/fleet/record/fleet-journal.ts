/** The append-only, signed record of a fleet run; the same form as a run's journal. On disk (fsync) when an append returns. */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { fingerprintOf } from '../../keys/public-key.ts';
import type { SigningKey } from '../../keys/signing-key.ts';
import { genesis, JournalCheck, lineDigest } from '../../runs/journal-check.ts';
import { signatureOf, signed } from '../../runs/signed-line.ts';
import { storageError } from '../../storage-error.ts';
import { type FleetEvent, type FleetEventBody, fleetEventBody, fleetEventHead, fleetJournalVersion } from './fleet-event.ts';

/** 10,000 hosts with the longest outputs are more than anybody reads. */
export const largestFleetJournal = 1024 * 1024 * 1024;

export interface FleetJournalContent {
  events: FleetEvent[];
  lines: string[];
  findings: string[];
  intactBytes: number;
  lastDigest: string;
  /** Who signed the last line, and so all before it; null where the signature does not fit. */
  fingerprint: string | null;
}
export const fleetJournalFile = (folder: string) => path.join(folder, 'journal.jsonl');

/** Throws `storage`. */
export function readFleetJournal(folder: string): FleetJournalContent {
  const file = fleetJournalFile(folder);
  try {
    if (statSync(file).size > largestFleetJournal) throw new Error('it is too large for a journal');
    return parseFleetJournal(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw storageError('read', file, cause);
  }
}

/** A torn last line is cut off and no finding. Pure. */
export function parseFleetJournal(text: string): FleetJournalContent {
  const content: FleetJournalContent = { events: [], lines: [], findings: [], intactBytes: 0, lastDigest: genesis, fingerprint: null };
  const check = new JournalCheck(parseFleetEvent);
  const lines = text.split('\n');
  lines.pop();
  for (const line of lines) {
    const event = check.take(line);
    if (!event) break;
    content.events.push(event);
    content.lines.push(line);
    content.intactBytes += Buffer.byteLength(line) + 1;
  }
  content.findings.push(...check.findings);
  content.lastDigest = check.lastDigest;
  const signature = signatureOf('fleet event', content.lines.at(-1) ?? '');
  if (signature?.fits) content.fingerprint = fingerprintOf(signature.key);
  else if (content.lines.length > 0) content.findings.push("the last event's signature does not fit");
  return content;
}

/** Null for a line that can't be read. */
export function parseFleetEvent(line: string): FleetEvent | null {
  try {
    const value = JSON.parse(line) as unknown;
    const [head, body] = [fleetEventHead.safeParse(value), fleetEventBody.safeParse(value)];
    return head.success && body.success ? { ...head.data, ...body.data } : null;
  } catch {
    return null;
  }
}

export class FleetJournal {
  private readonly fd: number;
  private readonly file: string;
  private readonly key: SigningKey;
  private readonly hash: Hash = createHash('sha256');
  private count: number;
  private length: number;
  private lastDigest: string;
  /** What was there when it was opened. */
  readonly before: readonly FleetEvent[];

  /** Opens or creates it. Throws `storage` and, for one that is not as it was written, `not-intact`. */
  constructor(folder: string, key: SigningKey) {
    this.file = fleetJournalFile(folder);
    this.key = key;
    try {
      this.fd = openSync(this.file, 'a+', 0o600);
      const content = parseFleetJournal(readFileSync(this.fd, 'utf8'));
      if (content.findings.length > 0)
        throw new WrenchbookError(
          'not-intact',
          `The record ${this.file} is not as it was written: ${content.findings.join('; ')}.`,
          'It can be read, but not continued. Start a new fleet run.',
        );
      this.before = content.events;
      this.count = content.events.length;
      this.length = content.intactBytes;
      this.lastDigest = content.lastDigest;
      this.hash.update(content.lines.map((line) => `${line}\n`).join(''));
      const torn = fstatSync(this.fd).size - this.length;
      if (torn > 0) ftruncateSync(this.fd, this.length);
    } catch (cause) {
      throw cause instanceof WrenchbookError ? cause : storageError('open', this.file, cause);
    }
  }

  /** Throws `storage`; then nothing of them stays behind. */
  append(...bodies: readonly FleetEventBody[]): FleetEvent[] {
    let before = this.lastDigest;
    const events = bodies.map((body, index) => {
      const event = signed(
        'fleet event',
        { v: fleetJournalVersion as typeof fleetJournalVersion, seq: this.count + index, at: new Date().toISOString(), prev: before, ...body },
        this.key,
      );
      before = lineDigest(JSON.stringify(event));
      return event as FleetEvent;
    });
    const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    try {
      if (fstatSync(this.fd).size !== this.length) throw new Error('something else writes to it');
      for (let written = 0; written < bytes.length; ) written += writeSync(this.fd, bytes, written);
      fsyncSync(this.fd);
    } catch (cause) {
      try {
        ftruncateSync(this.fd, this.length);
      } catch {
        // The torn line is cut off when the journal is opened next.
      }
      throw storageError('write', this.file, cause);
    }
    this.length += bytes.length;
    this.count += events.length;
    this.lastDigest = before;
    this.hash.update(bytes);
    return events;
  }

  get end(): { seq: number; digest: string; journal: { bytes: number; sha256: string } } {
    return { seq: this.count - 1, digest: this.lastDigest, journal: { bytes: this.length, sha256: this.hash.copy().digest('hex') } };
  }
  close(): void {
    closeSync(this.fd);
  }
}
