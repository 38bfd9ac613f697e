/**
 * A signed note of how far a run's record had come, written whenever the run is left or ends. The journal's chain shows
 * a change in its middle; the seal shows that its end was cut off.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fingerprintOf, signatureFits } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { replaceFile } from '../whole-file.ts';

const sealSchema = z.object({
  version: z.literal(1),
  runId: z.string(),
  /** Last event that was there, and the SHA-256 of its line. */
  seq: z.number().int(),
  digest: z.string(),
  at: z.string(),
  publicKey: z.string(),
  signature: z.string(),
});
export type RunSeal = z.infer<typeof sealSchema>;

export const sealFile = (runFolder: string) => path.join(runFolder, 'seal.json');
const signedText = ({ runId, seq, digest, at, publicKey }: Omit<RunSeal, 'version' | 'signature'>) =>
  `wrenchbook seal 1\n${runId}\n${seq}\n${digest}\n${at}\n${publicKey}\n`;

/** Writes the seal, whole or not at all. Throws `storage`. */
export function sealRun(runFolder: string, runId: string, last: { seq: number; digest: string }, key: SigningKey): void {
  const content = { runId, ...last, at: new Date().toISOString(), publicKey: key.publicKey };
  const seal: RunSeal = { version: 1, ...content, signature: key.sign(signedText(content)) };
  replaceFile(sealFile(runFolder), `${JSON.stringify(seal, null, 2)}\n`);
}

export interface SealFinding {
  seal: RunSeal | null;
  findings: string[];
}

/** Compares a run's seal with the journal's lines and events. No seal is no finding: the run was never left. */
export function checkSeal(runFolder: string, events: readonly RunEvent[], lines: readonly string[], knows: (fingerprint: string) => boolean): SealFinding {
  if (!existsSync(sealFile(runFolder))) return { seal: null, findings: [] };
  const seal = readSeal(runFolder);
  if (!seal) return { seal: null, findings: ["the seal can't be read: it was changed"] };
  const findings: string[] = [];
  if (!signatureFits(seal.publicKey, signedText(seal), seal.signature)) findings.push('the seal was changed: its signature does not fit');
  else if (!knows(fingerprintOf(seal.publicKey))) findings.push(`the seal was made with a key that is not known here: ${fingerprintOf(seal.publicKey)}`);
  const [created] = events;
  if (created?.type === 'run-created' && created.runId !== seal.runId) findings.push(`the seal is that of another run, ${seal.runId}`);
  const line = lines[seal.seq];
  if (line === undefined) findings.push(`the end was cut off: the journal has ${events.length} events, the seal saw ${seal.seq + 1}`);
  else if (createHash('sha256').update(line).digest('hex') !== seal.digest) findings.push(`event ${seal.seq} is not the one the seal saw`);
  return { seal, findings };
}

/** Null where there is none that can be read. */
export function readSeal(runFolder: string): RunSeal | null {
  try {
    return sealSchema.parse(JSON.parse(readFileSync(sealFile(runFolder), 'utf8')));
  } catch {
    return null;
  }
}
