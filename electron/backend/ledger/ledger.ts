/** What the ledger tells of all runs, read and checked from its first line to its last. */
import { readFile, stat } from 'node:fs/promises';
import { toWireError } from '../../../shared/api/error.ts';
import type { Tombstone } from '../../../shared/api/storage.ts';
import { fingerprintOf } from '../keys/public-key.ts';
import { signatureOf } from '../runs/signed-line.ts';
import { storageError } from '../storage-error.ts';
import { timeSlices } from '../time-slices.ts';
import type { LedgerEvent, LedgerEventBody, Reached } from './ledger-event.ts';
import { appendToLedger, genesis, type LedgerKeys, ledgerDigest, ledgerFile, parseLedgerLine } from './ledger-file.ts';

/** What was found of one run since it was last taken in. */
export interface SeenRun {
  /** How far it had come, oldest first. */
  reached: Reached[];
  /** Events it was about to end with. */
  endings: Reached[];
  /** How far it had come when this ledger was begun, where it was there already. */
  adopted: Reached | null;
  /** Whether a seal was noted. */
  sealed: boolean;
}

export interface LedgerContent {
  /** False where there is none: nothing was kept yet, or it was taken away. */
  exists: boolean;
  events: number;
  /** What is wrong with it, a sentence each. */
  findings: string[];
  /** Whether any line is signed: those of earlier versions are not. */
  signed: boolean;
  runs: ReadonlyMap<string, SeenRun>;
  /** SHA-256 of each line. */
  digests: readonly string[];
  /** SHA-256 of the archive each run was last put into. */
  archives: ReadonlyMap<string, string>;
  /** Oldest first. */
  tombstones: readonly Omit<Tombstone, 'stillHere'>[];
}

export const noLedger = (): LedgerContent => ({
  exists: false,
  events: 0,
  findings: [],
  signed: false,
  runs: new Map(),
  digests: [],
  archives: new Map(),
  tombstones: [],
});

export class Ledger {
  private readonly dataFolder: string;
  private readonly keys: LedgerKeys;
  private readonly log: (line: string) => void;
  private known: { stamp: string; content: LedgerContent } | null = null;

  constructor(dataFolder: string, keys: LedgerKeys, log: (line: string) => void) {
    this.dataFolder = dataFolder;
    this.keys = keys;
    this.log = log;
  }

  /** Throws `storage`, `locked`. */
  append(...bodies: LedgerEventBody[]): void {
    appendToLedger(this.dataFolder, this.keys, ...bodies);
  }

  /** For what must go on without it: trouble is logged. */
  note(body: LedgerEventBody): void {
    try {
      this.append(body);
    } catch (thrown) {
      this.log(`the ledger: ${toWireError(thrown).message}`);
    }
  }

  /** Whatever is wrong with a line is a finding. Throws `storage` for a file that can't be read. */
  async read(): Promise<LedgerContent> {
    const file = ledgerFile(this.dataFolder);
    try {
      const { size, mtimeMs, ino } = await stat(file);
      const stamp = `${ino}:${size}:${mtimeMs}`;
      if (this.known?.stamp !== stamp) this.known = { stamp, content: await parseLedger(await readFile(file, 'utf8'), this.keys) };
      return this.known.content;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw storageError('read', file, cause);
      return noLedger();
    }
  }
}

/** `keys`: whose signatures count. */
export async function parseLedger(text: string, keys: LedgerKeys): Promise<LedgerContent> {
  const reading = new LedgerReading();
  const pause = timeSlices();
  const lines = text.split('\n');
  const torn = lines.pop() ?? '';
  for (const line of lines) {
    reading.take(line);
    await pause();
  }
  return reading.end(lines.at(-1) ?? '', torn, keys);
}

/** Takes lines one after the other, and what each says. */
export class LedgerReading {
  private readonly findings: string[] = [];
  private readonly runs = new Map<string, SeenRun>();
  private readonly archives = new Map<string, string>();
  private readonly tombstones: Omit<Tombstone, 'stillHere'>[] = [];
  private readonly digests: string[] = [];
  private signed = false;

  take(line: string): void {
    const index = this.digests.length;
    const event = parseLedgerLine(line);
    if (!event) this.findings.push(`line ${index + 1} of the ledger can't be read`);
    else if (event.prev !== (this.digests.at(-1) ?? genesis) || event.seq !== index)
      this.findings.push(`line ${index + 1} of the ledger does not follow the one before it: a line was changed, removed, added or moved`);
    else if (this.signed && event.sig === undefined) this.findings.push(`line ${index + 1} of the ledger is not signed`);
    this.signed ||= event?.sig !== undefined;
    this.digests.push(ledgerDigest(line));
    if (event) this.note(event);
  }

  /** In a chain that holds, the last line's signature vouches for all before it. */
  end(last: string, torn: string, { signing, isOwn }: LedgerKeys): LedgerContent {
    const { findings, digests, signed } = this;
    const signature = last === '' ? null : signatureOf('ledger line', last);
    if (signature && !signature.fits) findings.push(`the signature of the ledger's last line does not fit`);
    else if (signature && !isOwn(fingerprintOf(signature.key)))
      findings.push(`the ledger's last line is signed with a key that does not belong to this workstation: ${fingerprintOf(signature.key)}`);
    if (!signature && digests.length > 0 && (signed || signing.signsAll)) findings.push("the ledger's last line is not signed");
    if (torn !== '')
      findings.push(
        `the ledger's last line has no end (${Buffer.byteLength(torn)} bytes): it was being written when the power or the process failed, or it was cut off`,
      );
    return { exists: true, events: digests.length, findings, signed, digests, ...this.seen };
  }

  get seen(): Pick<LedgerContent, 'runs' | 'archives' | 'tombstones'> {
    const { runs, archives, tombstones } = this;
    return { runs, archives, tombstones };
  }

  note(event: LedgerEvent): void {
    switch (event.type) {
      case 'note':
      case 'begun':
        return;
      case 'damage':
        this.findings.push(`an earlier line of the ledger was found damaged: ${event.text}`);
        return;
      case 'deleted': {
        const { v: _v, seq: _seq, prev: _prev, key: _key, sig: _sig, type: _type, ...rest } = event;
        this.tombstones.push(rest);
      }
    }
    const { runId, digest } = event;
    const seen: SeenRun = (event.type === 'imported' ? undefined : this.runs.get(runId)) ?? { reached: [], endings: [], adopted: null, sealed: false };
    this.runs.set(runId, seen);
    const now = { runId, event: event.event, digest };
    if (event.type === 'ending') seen.endings.push(now);
    else seen.reached.push(now);
    if (event.type === 'adopted') seen.adopted = now;
    if (event.type === 'sealed') seen.sealed = true;
    if (event.type === 'archived') this.archives.set(runId, event.sha256);
  }
}
