/** The key that signs records here, and those whose signatures count. Never a private key. */
import { z } from 'zod';
import { runId } from './run.ts';

export const keyFingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'Expected a fingerprint such as SHA256:…');

/** `key`: a fingerprint or a public key, as somebody pasted it. */
export const keyToTrust = z.object({ key: z.string().trim().min(1).max(500), label: z.string().trim().min(1).max(200) });

export const ownKey = z.object({
  fingerprint: keyFingerprint,
  /** The raw 32 bytes, base64. */
  publicKey: z.string(),
  /** Where the private key is: in the system's key store, or in a file. */
  kept: z.enum(['system', 'file']),
  /** `mode` in octal, null on Windows. */
  file: z.object({ path: z.string(), mode: z.string().nullable() }).nullable(),
});
export type OwnKey = z.infer<typeof ownKey>;

export const knownKey = z.object({
  fingerprint: keyFingerprint,
  label: z.string(),
  since: z.string().nullable(),
  /** Counts for this run only; null: for all. */
  runId: runId.nullable(),
});
export type KnownKey = z.infer<typeof knownKey>;

export const keyList = z.object({ own: ownKey, known: z.array(knownKey) });
export type KeyList = z.infer<typeof keyList>;
