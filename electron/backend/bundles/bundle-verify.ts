/** Says whether a bundle is as it was signed, by whom, and names everything that is not. Flat memory. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { Verification } from '../../../shared/api/transcript.ts';
import { fingerprintOf, signatureFits } from '../keys/public-key.ts';
import { storageError } from '../storage-error.ts';
import { checkMarks, type Mark, markOf } from '../transcripts/recording-marks.ts';
import { type BundledFile, type BundleManifest, signedDigest, staysInside } from './bundle-format.ts';
import { type BundleEntry, readBundle } from './bundle-reader.ts';
import { type Begun, bundledRecords } from './bundled-record.ts';
import { checkJournal } from './journal-lines.ts';
import type { Unpacking } from './unpacker.ts';

export interface VerifiedBundle extends Verification {
  manifest: BundleManifest | null;
}
export interface BundleKeys {
  knows(fingerprint: string): boolean;
  /** The fingerprint the key has to have; null: one that `knows` says yes to. */
  expected: string | null;
}
/** Where entries are put while they are checked; whoever gives one throws away what was put there, unless all of it was fine. */
export interface Keeping {
  /** Called first; false: nothing is put anywhere. */
  begins(manifest: BundleManifest): boolean;
  open(entry: Omit<BundleEntry, 'content'>): Promise<Unpacking | null>;
}

/** Throws `not-found` and `storage` for a file that can't be read, and what `keeping` throws. */
export async function verifyBundle(file: string, { knows, expected }: BundleKeys, keeping: Keeping | null = null): Promise<VerifiedBundle> {
  const contents = new ContentCheck(keeping);
  const { trailer, sha256, broken } = await readable(file, contents);
  if (contents.trouble) throw contents.trouble;
  const { manifest, events } = contents;
  const findings: string[] = [];
  if (broken !== null) findings.push(`the bundle can't be read completely: ${broken}`);
  if (!trailer) findings.push('the signature at the end is missing: the bundle was cut off, or its last line was changed');
  findings.push(...contents.end());
  const changed = trailer !== null && trailer.sha256 !== sha256;
  if (changed && findings.length === 0) findings.push('bytes between the files were changed');
  let signed: Verification['signed'] = null;
  if (manifest && trailer) {
    const fingerprint = fingerprintOf(manifest.publicKey);
    signed = { at: manifest.exportedAt, fingerprint, events };
    if (!signatureFits(manifest.publicKey, signedDigest(trailer.sha256), trailer.signature))
      findings.push('the signature does not fit: the bundle was changed and its digest rewritten, or it was signed with a different key than it names');
    else findings.push(...keyFinding(fingerprint, { knows, expected }));
  }
  return { ok: findings.length === 0, findings, ledgerFindings: [], events, signed, unvouched: 0, ledger: null, manifest };
}

/** Why a key does not count; empty where it does. */
export function keyFinding(fingerprint: string, { knows, expected }: BundleKeys): string[] {
  if (expected !== null && fingerprint !== expected) return [`wrong key: the bundle is signed with ${fingerprint}, expected ${expected}`];
  return expected === null && !knows(fingerprint) ? [`wrong key: the bundle is signed with ${fingerprint}, which is not known here`] : [];
}

async function readable(file: string, contents: ContentCheck): ReturnType<typeof readBundle> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new WrenchbookError('not-found', `There is no file ${file}.`, 'Name a bundle (.wbrun), or a run by its id.');
  try {
    return await readBundle(file, contents);
  } catch (cause) {
    throw storageError('read', file, cause);
  }
}

/** Compares each entry with the manifest, the journal with itself, and the recording with the journal. */
class ContentCheck {
  manifest: BundleManifest | null = null;
  events = 0;
  /** Of putting something somewhere. */
  trouble: Error | null = null;
  private keeping: Keeping | null;
  private readonly findings: string[] = [];
  private readonly awaited = new Map<string, BundledFile>();
  private marks: Mark[] = [];
  private hasJournal = false;

  constructor(keeping: Keeping | null) {
    this.keeping = keeping;
  }

  begins(manifest: BundleManifest): void {
    this.manifest = manifest;
    for (const file of manifest.files) this.awaited.set(file.path, file);
    try {
      if (this.keeping?.begins(manifest) === false) this.keeping = null;
    } catch (thrown) {
      this.trouble = thrown as Error;
    }
  }

  async entry(entry: BundleEntry): Promise<void> {
    const listed = this.awaited.get(entry.path);
    this.awaited.delete(entry.path);
    const hash = createHash('sha256');
    const place = listed ? await this.kept(() => this.keeping?.open(entry)) : null;
    const content = passing(entry.content, async (piece) => {
      hash.update(piece);
      if (place) await this.kept(() => place.write(piece));
    });
    try {
      if (entry.path === 'journal.jsonl') await this.takeJournal(content, entry.size);
      else if (entry.path === 'recording.cast') this.findings.push(...(await checkMarks(this.marks, content)).findings);
      for await (const _rest of content);
    } finally {
      if (place) await this.kept(() => place.end());
    }
    if (!listed) this.findings.push(`${entry.path} was added`);
    else if (listed.kind !== entry.kind || !staysInside(entry.path)) this.findings.push(`${entry.path} is not what the list says`);
    else if (listed.kind === 'file' && hash.digest('hex') !== listed.sha256) this.findings.push(`${entry.path} was changed`);
    else if (listed.mode !== entry.mode || listed.target !== entry.target) this.findings.push(`${entry.path}: its mode or target was changed`);
  }

  end(): string[] {
    if (!this.manifest) return [...this.findings, 'the list of its files is missing or was changed'];
    const missing = [...this.awaited.keys()].map((name) => `${name} is missing`);
    const noRun = this.hasJournal || missing.includes('journal.jsonl is missing') ? [] : ['it holds no run: it has no journal.jsonl'];
    return [...this.findings, ...missing, ...noRun];
  }

  private async takeJournal(content: AsyncIterable<Buffer>, size: number): Promise<void> {
    this.hasJournal = true;
    let begun: Begun | null = null;
    const record = bundledRecords[this.manifest?.kind ?? 'run'];
    const { findings, events } = await checkJournal(content, size, record, (event, line) => {
      if (event.seq === 0) begun = record.begun(line);
      this.marks.push(...markOf(event));
    });
    this.events = events;
    this.findings.push(...findings.map((finding) => `journal: ${finding}`));
    this.findings.push(...this.beginningFindings(begun));
    if (!this.awaited.has('recording.cast')) this.findings.push(...(await checkMarks(this.marks, null)).findings);
  }

  /** Whether the journal is that of the run, and the files that it names are those of the list. */
  private beginningFindings(begun: Begun | null): string[] {
    if (begun === null) return ['the journal does not begin with the creation of a run'];
    if (begun.about.runId !== this.manifest?.runId) return [`the journal is that of another run, ${begun.about.runId}`];
    const listed = new Map(this.manifest.files.map((file) => [file.path, file.sha256]));
    return begun.files.flatMap(({ path, sha256 }) => (listed.get(path) === sha256 ? [] : [`${path} is not the one that the journal names`]));
  }

  /** Trouble with it ends the keeping, not the checking. */
  private async kept<T>(work: () => Promise<T> | undefined): Promise<T | null> {
    if (this.trouble) return null;
    try {
      return (await work()) ?? null;
    } catch (thrown) {
      this.trouble = thrown as Error;
      return null;
    }
  }
}

/** What is left unread is read by whoever reads on. */
function passing(content: AsyncIterable<Buffer>, see: (piece: Buffer) => Promise<void>): AsyncIterable<Buffer> & AsyncIterator<Buffer> {
  const source = content[Symbol.asyncIterator]();
  const reading = {
    async next() {
      const result = await source.next();
      if (!result.done) await see(result.value);
      return result;
    },
    // Leaving a loop early ends nothing: the rest is still to be seen.
    async return() {
      return { done: true as const, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return reading;
    },
  };
  return reading;
}
