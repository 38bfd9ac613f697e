/** Says whether a bundle is as it was signed, by whom, and names everything that is not. Flat memory, nothing is unpacked. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { Verification } from '../../../shared/api/transcript.ts';
import { fingerprintOf, signatureFits } from '../keys/public-key.ts';
import { parseJournal } from '../runs/journal.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { storageError } from '../storage-error.ts';
import { checkMarks } from '../transcripts/recording-marks.ts';
import { type BundledFile, type BundleManifest, signedDigest, staysInside } from './bundle-format.ts';
import { type BundleEntry, readBundle } from './bundle-reader.ts';

export interface VerifiedBundle extends Verification {
  manifest: BundleManifest | null;
}

/**
 * `expected`: the fingerprint the key has to have; without it, one that `knows` says yes to. Throws `not-found` and
 * `storage` for a file that can't be read.
 */
export async function verifyBundle(file: string, knows: (fingerprint: string) => boolean, expected: string | null = null): Promise<VerifiedBundle> {
  const contents = new ContentCheck();
  const { trailer, sha256, broken } = await readable(file, contents);
  const { manifest } = contents;
  const findings: string[] = [];
  if (broken !== null) findings.push(`the bundle can't be read to its end: ${broken}`);
  if (!trailer) findings.push('the signature at the end is missing: the bundle was cut off, or its last line was changed');
  findings.push(...contents.end());
  const changed = trailer !== null && trailer.sha256 !== sha256;
  if (changed && findings.length === 0) findings.push('bytes between the files were changed');
  let signed: Verification['signed'] = null;
  if (manifest && trailer) {
    const fingerprint = fingerprintOf(manifest.publicKey);
    signed = { at: manifest.exportedAt, fingerprint, events: contents.events.length };
    if (!signatureFits(manifest.publicKey, signedDigest(trailer.sha256), trailer.signature))
      findings.push('the signature does not fit: the bundle was changed and its digest written anew, or it was signed with another key than it names');
    else if (expected !== null && fingerprint !== expected) findings.push(`wrong key: the bundle is signed with ${fingerprint}, expected was ${expected}`);
    else if (expected === null && !knows(fingerprint)) findings.push(`wrong key: the bundle is signed with ${fingerprint}, which is not known here`);
  }
  return { ok: findings.length === 0, findings, events: contents.events.length, signed, ledger: null, manifest };
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
  events: readonly RunEvent[] = [];
  private readonly findings: string[] = [];
  private readonly awaited = new Map<string, BundledFile>();

  begins(manifest: BundleManifest): void {
    this.manifest = manifest;
    for (const file of manifest.files) this.awaited.set(file.path, file);
  }

  async entry(entry: BundleEntry): Promise<void> {
    const listed = this.awaited.get(entry.path);
    this.awaited.delete(entry.path);
    const hash = createHash('sha256');
    const content = hashed(entry.content, (piece) => hash.update(piece));
    if (entry.path === 'journal.jsonl') await this.takeJournal(content);
    else if (entry.path === 'recording.cast') this.findings.push(...(await checkMarks(this.events, content)));
    for await (const _rest of content);
    if (!listed) this.findings.push(`${entry.path} was added`);
    else if (listed.kind !== entry.kind || !staysInside(entry.path)) this.findings.push(`${entry.path} is not what the list says`);
    else if (listed.kind === 'file' && hash.digest('hex') !== listed.sha256) this.findings.push(`${entry.path} was changed`);
    else if (listed.mode !== entry.mode || listed.target !== entry.target) this.findings.push(`${entry.path}: its mode or target was changed`);
  }

  end(): string[] {
    if (!this.manifest) return [...this.findings, 'the list of its files is missing or was changed'];
    const missing = [...this.awaited.keys()].map((name) => `${name} is missing`);
    return [...this.findings, ...missing];
  }

  private async takeJournal(content: AsyncIterable<Buffer>): Promise<void> {
    const { events, findings } = parseJournal((await buffer(content)).toString('utf8'));
    this.events = events;
    this.findings.push(...findings.map((finding) => `journal: ${finding}`));
    const [created] = events;
    if (created?.type !== 'run-created') this.findings.push('the journal does not begin with the creation of a run');
    else if (created.runId !== this.manifest?.runId) this.findings.push(`the journal is that of another run, ${created.runId}`);
    if (!this.awaited.has('recording.cast')) this.findings.push(...(await checkMarks(events, null)));
  }
}

/** What is left unread is read by whoever reads on. */
function hashed(content: AsyncIterable<Buffer>, see: (piece: Buffer) => void): AsyncIterable<Buffer> & AsyncIterator<Buffer> {
  const source = content[Symbol.asyncIterator]();
  const reading = {
    async next() {
      const result = await source.next();
      if (!result.done) see(result.value);
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
