/**
 * A signed note of how far a run's record had come, written whenever the run is left or something of it ends. The journal's
 * chain shows a change in its middle; the seal shows that its end was cut off, and holds the recording whole.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fingerprintOf, signatureFits } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { replaceFile } from '../whole-file.ts';

const base = {
  runId: z.string(),
  /** Last event that was there, and the SHA-256 of its line. */
  seq: z.number().int(),
  digest: z.string(),
  at: z.string(),
  publicKey: z.string(),
  signature: z.string(),
};
const wholeFile = z.object({ bytes: z.number().int(), sha256: z.string() });
export type WholeFile = z.infer<typeof wholeFile>;

/** Version 1 is that of earlier versions: it says nothing of the recording's end. */
const sealSchema = z.discriminatedUnion('version', [
  z.strictObject({ version: z.literal(1), ...base }),
  z.strictObject({
    version: z.literal(2),
    ...base,
    /** All of either file at that moment; of the recording null where there was none. */
    journal: wholeFile,
    recording: wholeFile.nullable(),
    /** Last line of the ledger then, and its SHA-256; null where there was none. */
    ledger: z.object({ seq: z.number().int(), digest: z.string() }).nullable(),
  }),
]);
export type RunSeal = z.infer<typeof sealSchema>;
type NewSeal = Extract<RunSeal, { version: 2 }>;

export const sealFile = (runFolder: string) => path.join(runFolder, 'seal.json');

type Unsigned<S> = S extends RunSeal ? Omit<S, 'signature'> : never;
function signedText(seal: Unsigned<RunSeal>): string {
  const { version, runId, seq, digest, at, publicKey } = seal;
  const more =
    seal.version === 1 ? [] : [seal.journal.bytes, seal.journal.sha256, seal.recording?.bytes, seal.recording?.sha256, seal.ledger?.seq, seal.ledger?.digest];
  return `wrenchbook seal ${version}\n${[runId, seq, digest, at, publicKey, ...more.map((value) => value ?? '-')].join('\n')}\n`;
}

/** Writes the seal, whole or not at all. Throws `storage`. */
export function sealRun(runFolder: string, content: Pick<NewSeal, 'runId' | 'seq' | 'digest' | 'journal' | 'recording' | 'ledger'>, key: SigningKey): void {
  const { runId, seq, digest, journal, recording, ledger } = content;
  const unsigned = { version: 2 as const, runId, seq, digest, at: new Date().toISOString(), publicKey: key.publicKey, journal, recording, ledger };
  const seal: RunSeal = { ...unsigned, signature: key.sign(signedText(unsigned)) };
  replaceFile(sealFile(runFolder), `${JSON.stringify(seal, null, 2)}\n`);
}

export interface SealFinding {
  seal: RunSeal | null;
  findings: string[];
}

/** Compares a run's seal with the journal's lines and events. Whether there has to be one is not asked here. */
export function checkSeal(
  runFolder: string,
  events: readonly { type: string }[],
  lines: readonly string[],
  knows: (fingerprint: string) => boolean,
): SealFinding {
  if (!existsSync(sealFile(runFolder))) return { seal: null, findings: [] };
  const seal = readSeal(runFolder);
  if (!seal) return { seal: null, findings: ["the seal can't be read: it was changed"] };
  const findings: string[] = [];
  if (!signatureFits(seal.publicKey, signedText(seal), seal.signature)) findings.push('the seal was changed: its signature does not fit');
  else if (!knows(fingerprintOf(seal.publicKey))) findings.push(`the seal was made with a key that is not known here: ${fingerprintOf(seal.publicKey)}`);
  const [created] = events;
  if (created && 'runId' in created && created.runId !== seal.runId) findings.push(`the seal is that of another run, ${seal.runId}`);
  const line = lines[seal.seq];
  if (line === undefined) findings.push(`the end was cut off: the journal has ${events.length} events, the seal saw ${seal.seq + 1}`);
  else if (createHash('sha256').update(line).digest('hex') !== seal.digest) findings.push(`event ${seal.seq} is not the one the seal saw`);
  else if (seal.version === 2) findings.push(...journalFinding(seal.journal, lines.slice(0, seal.seq + 1)));
  return { seal, findings };
}

/** Null where there is none that can be read, or it is not written as seals are. */
export function readSeal(runFolder: string): RunSeal | null {
  try {
    const text = readFileSync(sealFile(runFolder), 'utf8');
    const seal = sealSchema.parse(JSON.parse(text));
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n` === text ? seal : null;
  } catch {
    return null;
  }
}

export function wholeText(lines: readonly string[]): WholeFile {
  const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return { bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') };
}

function journalFinding(seen: WholeFile, lines: readonly string[]): string[] {
  const { bytes, sha256 } = wholeText(lines);
  return bytes === seen.bytes && sha256 === seen.sha256 ? [] : ['the journal is not the one the seal saw'];
}
