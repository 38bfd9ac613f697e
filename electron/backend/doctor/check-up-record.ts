/**
 * The record of a check-up: one line with all of it, one line with who signed that. What was written is what is verified, byte for byte; the
 * signature says that it is one of a check-up, so that none of another record fits.
 */
import { z } from 'zod';
import { type CheckUp, type CheckUpVerification, checkUp } from '../../../shared/api/doctor.ts';
import { fingerprintOf, signatureFits } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';

export const checkUpScreen = z.object({
  cols: z.number().int(),
  rows: z.number().int(),
  /** Milliseconds since the beginning, and what the terminal showed then. */
  events: z.array(z.tuple([z.number().nonnegative(), z.string()])),
  /** Bytes at the end that were not kept. */
  cut: z.number().int().nonnegative(),
});
export type CheckUpScreen = z.infer<typeof checkUpScreen>;

export const checkUpRecord = z.object({ version: z.literal(1), checkUp, screen: checkUpScreen });
export type CheckUpRecord = z.infer<typeof checkUpRecord>;
const signatureLine = z.object({ publicKey: z.string(), signature: z.string() });

const signed = (line: string) => `wrenchbook check-up 1\n${line}`;

export function recordText(record: CheckUpRecord, key: Pick<SigningKey, 'publicKey' | 'sign'>): string {
  const line = JSON.stringify(record);
  return `${line}\n${JSON.stringify({ publicKey: key.publicKey, signature: key.sign(signed(line)) })}\n`;
}

export interface ReadRecord {
  record: CheckUpRecord | null;
  verification: CheckUpVerification;
}

/** `counts`: whether a key's signatures do. Whatever is wrong is said; a record with findings is only to be looked at. */
export function readRecord(text: string, counts: (fingerprint: string) => boolean): ReadRecord {
  const [line = '', signature = '', ...rest] = text.split('\n');
  const parsed = checkUpRecord.safeParse(jsonOf(line));
  const sign = signatureLine.safeParse(jsonOf(signature));
  const fingerprint = sign.success ? fingerprintOf(sign.data.publicKey) : '';
  const findings = [
    ...(parsed.success ? [] : ['it is not the record of a check-up, or of a later version']),
    ...(sign.success ? [] : ['it is not signed']),
    ...(sign.success && !signatureFits(sign.data.publicKey, signed(line), sign.data.signature) ? ['its signature does not fit: it was changed'] : []),
    ...(sign.success && !counts(fingerprint) ? [`it is signed with ${fingerprint}, which is not trusted here`] : []),
    ...(rest.join('\n') === '' ? [] : ['more stands after its signature']),
  ];
  return { record: parsed.success ? parsed.data : null, verification: { checkUpId: parsed.success ? parsed.data.checkUp.id : null, fingerprint, findings } };
}

/** As somebody reads it: with what is ignored now, not then. */
export const shownWith = (record: CheckUpRecord, ignored: CheckUp['ignored']): CheckUp => ({
  ...record.checkUp,
  ignored: ignored.filter(({ id }) => record.checkUp.findings.some((finding) => finding.id === id)),
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
