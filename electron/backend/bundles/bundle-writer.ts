/** Writes a run's folder as a signed bundle. Streams: memory does not grow with the recording. */
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { pack } from 'tar-stream';
import type { SigningKey } from '../keys/signing-key.ts';
import { readJournal } from '../runs/journal.ts';
import type { ExportWatch } from '../transcripts/export-watch.ts';
import { type BundledFile, type BundleManifest, manifestName, signedDigest, trailerLine } from './bundle-format.ts';

/** What belongs to this workstation only. */
const stays = (name: string) => name === 'lock' || name === 'lock.taken-over' || name.startsWith('.') || name.endsWith('.new');

/** The bundle's bytes. What is appended to the run meanwhile is not in it. Throws TypeError for a folder without a run. */
export async function* bundleRun(runFolder: string, key: SigningKey, wrenchbook: string, watch: ExportWatch = {}): AsyncGenerator<Buffer> {
  const [created] = readJournal(runFolder).events;
  if (created?.type !== 'run-created') throw new TypeError('A run begins with its creation.');
  const files: BundledFile[] = [];
  for (const name of readdirSync(runFolder).sort()) if (!stays(name)) await describe(runFolder, name, files);
  const manifest: BundleManifest = {
    format: 'wbrun',
    version: 1,
    runId: created.runId,
    topicId: created.topicId,
    topicTitle: created.topicTitle,
    rehearsal: created.rehearsal,
    exportedAt: new Date().toISOString(),
    by: { wrenchbook, host: hostname(), user: userInfo().username },
    publicKey: key.publicKey,
    files,
  };
  const hash = createHash('sha256');
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let done = 0;
  watch.onProgress?.(0, total);
  for await (const piece of archive(runFolder, manifest)) {
    watch.signal?.throwIfAborted();
    done = Math.min(total, done + piece.length);
    watch.onProgress?.(done, total);
    hash.update(piece);
    yield piece;
  }
  const sha256 = hash.digest('hex');
  yield Buffer.from(trailerLine({ sha256, signature: key.sign(signedDigest(sha256)) }));
}

async function describe(runFolder: string, name: string, files: BundledFile[]): Promise<void> {
  const file = path.join(runFolder, name);
  const stat = lstatSync(file);
  const about = { path: name, mode: stat.mode & 0o777, size: 0, sha256: '', target: '' };
  if (stat.isDirectory()) {
    files.push({ ...about, kind: 'folder' });
    for (const inside of readdirSync(file).sort()) await describe(runFolder, `${name}/${inside}`, files);
  } else if (stat.isSymbolicLink()) {
    files.push({ ...about, kind: 'link', target: readlinkSync(file) });
  } else if (stat.isFile()) {
    const hash = createHash('sha256');
    if (stat.size > 0) for await (const piece of createReadStream(file, { end: stat.size - 1 })) hash.update(piece as Buffer);
    files.push({ ...about, kind: 'file', size: stat.size, sha256: hash.digest('hex') });
  }
}

async function* archive(runFolder: string, manifest: BundleManifest): AsyncGenerator<Buffer> {
  const tar = pack();
  const mtime = new Date(manifest.exportedAt);
  const filling = fill().catch((cause: unknown) => tar.destroy(cause as Error));
  async function fill(): Promise<void> {
    tar.entry({ name: manifestName, mode: 0o600, mtime }, `${JSON.stringify(manifest, null, 1)}\n`);
    for (const file of manifest.files) {
      const { path: name, mode, size, target } = file;
      if (file.kind !== 'file') {
        tar.entry({ name, mode, mtime, type: file.kind === 'folder' ? 'directory' : 'symlink', ...(file.kind === 'link' ? { linkname: target } : {}) });
        continue;
      }
      const entry = tar.entry({ name, mode, mtime, size });
      if (size > 0)
        for await (const piece of createReadStream(path.join(runFolder, name), { end: size - 1 })) {
          if (!entry.write(piece)) await new Promise<void>((resolve) => entry.once('drain', () => resolve()));
        }
      entry.end(null);
    }
    tar.finalize();
  }
  for await (const piece of tar) yield piece as Buffer;
  await filling;
}
