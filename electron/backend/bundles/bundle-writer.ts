/** Writes a run's folder as a signed bundle. Streams: memory does not grow with the recording. */
import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { SigningKey } from '../keys/signing-key.ts';
import type { ExportWatch } from '../transcripts/export-watch.ts';
import { type AuditorFile, auditorFiles } from './auditor-files.ts';
import { type BundledFile, type BundleManifest, forAuditors, manifestName, signedDigest, trailerLine } from './bundle-format.ts';
import { recordIn } from './bundled-record.ts';
import { describeRun, runTar } from './run-tar.ts';

/** The bundle's bytes. What is appended to the run meanwhile is not in it. Throws TypeError for a folder without a run. */
export async function* bundleRun(runFolder: string, key: SigningKey, wrenchbook: string, watch: ExportWatch = {}): AsyncGenerator<Buffer> {
  const about = await recordIn(runFolder);
  const files = (await describeRun(runFolder)).files.filter(({ path }) => !forAuditors.has(path));
  const beside = auditorFiles(runFolder, about, files, key);
  const manifest: BundleManifest = {
    format: 'wbrun',
    version: 1,
    ...about,
    exportedAt: new Date().toISOString(),
    by: { wrenchbook, host: hostname(), user: userInfo().username },
    publicKey: key.publicKey,
    files: [...beside.map(describeText), ...files],
  };
  const hash = createHash('sha256');
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let done = 0;
  watch.onProgress?.(0, total);
  const first = [{ name: manifestName, text: `${JSON.stringify(manifest, null, 1)}\n` }, ...beside];
  for await (const piece of runTar(runFolder, files, { first, mtime: new Date(manifest.exportedAt) })) {
    watch.signal?.throwIfAborted();
    done = Math.min(total, done + piece.length);
    watch.onProgress?.(done, total);
    hash.update(piece);
    yield piece;
  }
  const sha256 = hash.digest('hex');
  yield Buffer.from(trailerLine({ sha256, signature: key.sign(signedDigest(sha256)) }));
}

const describeText = ({ name, text }: AuditorFile): BundledFile => ({
  path: name,
  kind: 'file',
  size: Buffer.byteLength(text),
  mode: 0o600,
  sha256: createHash('sha256').update(text).digest('hex'),
  target: '',
});
