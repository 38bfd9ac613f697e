/** Reads a bundle in one pass: the archive's entries, and the digest of all its bytes beside. Streams. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { type BundleManifest, type BundleTrailer, longestTrailer, manifestName, manifestSchema, readTrailer } from './bundle-format.ts';

export interface BundleEntry {
  path: string;
  kind: 'file' | 'folder' | 'link' | 'other';
  size: number;
  mode: number;
  target: string;
  content: AsyncIterable<Buffer>;
}
export interface BundleEnd {
  trailer: BundleTrailer | null;
  /** SHA-256 of everything before the trailer. */
  sha256: string;
  /** Why the archive could not be read to its end. */
  broken: string | null;
}

export interface BundleVisitor {
  begins(manifest: BundleManifest): void;
  /** Has to read the content to its end. */
  entry(entry: BundleEntry): Promise<void>;
}

const largestManifest = 16 * 1024 * 1024;

/** Throws file system errors for a file that can't be read; everything wrong inside is in what it resolves with. */
export async function readBundle(file: string, visitor: BundleVisitor): Promise<BundleEnd> {
  const { size, end } = lastBytes(file);
  const found = readTrailer(end);
  const archiveBytes = size - (found?.bytes ?? 0);
  const hash = createHash('sha256');
  const source = async function* () {
    if (archiveBytes === 0) return;
    for await (const piece of createReadStream(file, { end: archiveBytes - 1 })) {
      hash.update(piece as Buffer);
      yield piece as Buffer;
    }
  };
  const tar = extract();
  let first = true;
  const visiting = (async () => {
    for await (const entry of tar) {
      const { name, type, size = 0, mode = 0, linkname } = entry.header;
      if (first) {
        first = false;
        if (name !== manifestName || size > largestManifest) throw new Error(`it does not begin with ${manifestName}`);
        const json = await text(entry);
        visitor.begins(manifestSchema.parse(JSON.parse(json)));
        continue;
      }
      const kind = type === 'file' ? 'file' : type === 'directory' ? 'folder' : type === 'symlink' ? 'link' : 'other';
      await visitor.entry({ path: name.replace(/\/$/, ''), kind, size, mode, target: linkname ?? '', content: entry as AsyncIterable<Buffer> });
    }
  })();
  let broken: string | null = null;
  try {
    await Promise.all([pipeline(Readable.from(source(), { objectMode: false }), tar), visiting]);
    if (first) broken = 'it is empty';
  } catch (cause) {
    broken = (cause as Error).message;
    // The digest is over all of it, also where the archive is damaged.
    return { trailer: found?.trailer ?? null, sha256: await digestOf(file, archiveBytes), broken };
  }
  return { trailer: found?.trailer ?? null, sha256: hash.digest('hex'), broken };
}

async function digestOf(file: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  if (bytes > 0) for await (const piece of createReadStream(file, { end: bytes - 1 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

function lastBytes(file: string): { size: number; end: Buffer } {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const end = Buffer.alloc(Math.min(size, longestTrailer));
    readSync(fd, end, 0, end.length, size - end.length);
    return { size, end };
  } finally {
    closeSync(fd);
  }
}
