/** What the ledger tells of all runs, read and checked from its first line to its last. */
import { readFile, stat } from 'node:fs/promises';
import { toWireError } from '../../../shared/api/error.ts';
import type { Tombstone } from '../../../shared/api/storage.ts';
import { storageError } from '../storage-error.ts';
import { timeSlices } from '../time-slices.ts';
import type { LedgerEventBody, Reached } from './ledger-event.ts';
import { appendToLedger, genesis, ledgerDigest, ledgerFile, parseLedgerLine } from './ledger-file.ts';

export interface LedgerContent {
  /** False where there is none: nothing was kept yet, or it was taken away. */
  exists: boolean;
  events: number;
  /** What is wrong with it, a sentence each. */
  findings: string[];
  /** How far each run was seen to have come since it was last taken in. */
  reached: ReadonlyMap<string, readonly Reached[]>;
  /** SHA-256 of the archive each run was last put into. */
  archives: ReadonlyMap<string, string>;
  /** Oldest first. */
  tombstones: readonly Omit<Tombstone, 'stillHere'>[];
}

export class Ledger {
  private readonly dataFolder: string;
  private readonly log: (line: string) => void;
  private known: { stamp: string; content: LedgerContent } | null = null;

  constructor(dataFolder: string, log: (line: string) => void) {
    this.dataFolder = dataFolder;
    this.log = log;
  }

  /** Throws `storage`, `locked`. */
  append(body: LedgerEventBody): void {
    appendToLedger(this.dataFolder, body);
  }

  /** For what must go on without it: trouble is logged. */
  note(body: LedgerEventBody): void {
    try {
      this.append(body);
    } catch (thrown) {
      this.log(`the ledger: ${toWireError(thrown).message}`);
    }
  }

  /** A line that can't be read is a finding and stops nothing. Throws `storage` for a file that can't be. */
  async read(): Promise<LedgerContent> {
    const file = ledgerFile(this.dataFolder);
    try {
      const { size, mtimeMs, ino } = await stat(file);
      const stamp = `${ino}:${size}:${mtimeMs}`;
      if (this.known?.stamp !== stamp) this.known = { stamp, content: await parseLedger(await readFile(file, 'utf8')) };
      return this.known.content;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw storageError('read', file, cause);
      return { exists: false, events: 0, findings: [], reached: new Map(), archives: new Map(), tombstones: [] };
    }
  }
}

/** A torn last line is no finding: it is cut off with the next append. */
export async function parseLedger(text: string): Promise<LedgerContent> {
  const findings: string[] = [];
  const reached = new Map<string, Reached[]>();
  const archives = new Map<string, string>();
  const tombstones: Omit<Tombstone, 'stillHere'>[] = [];
  const pause = timeSlices();
  const lines = text.split('\n');
  lines.pop();
  let prev = genesis;
  for (const [index, line] of lines.entries()) {
    const event = parseLedgerLine(line);
    if (!event) findings.push(`line ${index + 1} of the ledger can't be read`);
    else if (event.prev !== prev || event.seq !== index)
      findings.push(`line ${index + 1} of the ledger does not follow the one before it: a line was changed, removed, added or moved`);
    prev = ledgerDigest(line);
    if (event?.type === 'deleted') {
      const { v: _v, seq: _seq, prev: _prev, type: _type, ...rest } = event;
      tombstones.push(rest);
    }
    if (event?.type === 'imported') reached.delete(event.runId);
    if (event?.type === 'archived') archives.set(event.runId, event.sha256);
    if (event && event.type !== 'note') {
      const { runId, digest } = event;
      reached.set(runId, [...(reached.get(runId) ?? []), { runId, event: event.event, digest }]);
    }
    await pause();
  }
  return { exists: true, events: lines.length, findings, reached, archives, tombstones };
}
