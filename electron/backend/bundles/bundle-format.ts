/**
 * A run as one signed file, `.wbrun`: a tar archive (any tar opens it) whose first entry, `wbrun.json`, lists the files
 * and their digests, followed by one line with the SHA-256 of all bytes before it and the Ed25519 signature over that.
 */
import { z } from 'zod';
import { fleetRunId } from '../../../shared/api/fleet.ts';
import { runId } from '../../../shared/api/run.ts';

export const manifestName = 'wbrun.json';
export const bundledFile = z.object({
  path: z.string(),
  kind: z.enum(['file', 'folder', 'link']),
  size: z.number().int(),
  mode: z.number().int(),
  sha256: z.string(),
  target: z.string(),
});
export type BundledFile = z.infer<typeof bundledFile>;

export const manifestSchema = z.object({
  format: z.literal('wbrun'),
  version: z.literal(1),
  /** A run on one machine, or a fleet run. */
  kind: z.enum(['run', 'fleet']).default('run'),
  runId: z.union([runId, fleetRunId]),
  topicId: z.string(),
  topicTitle: z.string(),
  rehearsal: z.boolean(),
  exportedAt: z.string(),
  by: z.object({ wrenchbook: z.string(), host: z.string(), user: z.string() }),
  /** The key the bundle is signed with: raw Ed25519, base64. */
  publicKey: z.string(),
  files: z.array(bundledFile),
});
export type BundleManifest = z.infer<typeof manifestSchema>;

const trailerSchema = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), signature: z.string() });
export type BundleTrailer = z.infer<typeof trailerSchema>;
/** The last line is never longer. */
export const longestTrailer = 512;

export const trailerLine = (trailer: BundleTrailer): string => `${JSON.stringify({ sha256: trailer.sha256, signature: trailer.signature })}\n`;
export const signedDigest = (sha256: string): string => `wrenchbook bundle 1\n${sha256}\n`;

/** The trailer at the end of a file's last bytes, and how long it is; null where there is none, or not written as it has to be. */
export function readTrailer(end: Buffer): { trailer: BundleTrailer; bytes: number } | null {
  const from = end.lastIndexOf('{"sha256":');
  if (from < 0) return null;
  const line = end.subarray(from).toString('utf8');
  try {
    const trailer = trailerSchema.parse(JSON.parse(line));
    return trailerLine(trailer) === line ? { trailer, bytes: end.length - from } : null;
  } catch {
    return null;
  }
}

/** A path inside a run's folder: relative, going nowhere else. */
export const staysInside = (name: string): boolean =>
  name !== '' &&
  !name.startsWith('/') &&
  !name.includes('\\') &&
  !/^[A-Za-z]:/.test(name) &&
  name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** What the bundle has for people without Wrenchbook; nothing of the run. In its list like any other file. */
export const forAuditors: ReadonlySet<string> = new Set(['VERIFY.md', 'allowed_signers', 'files.sha256', 'files.sha256.sig', 'seal.json.sig']);

/** Thrown while a bundle is read: the rest of it is not looked at. */
export class RefusedEntry extends Error {}
