/**
 * An archived run: `archive/RUN-ID.tar.zst`, which `tar --zstd` opens. Before the tar stands a head that any zstd skips:
 * what the run was, and the digest of every file, so that lists and sizes need not unpack anything.
 */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { z } from 'zod';
import { runSummary } from '../../../shared/api/run.ts';
import { bundledFile } from '../bundles/bundle-format.ts';
import type { BundleEntry } from '../bundles/bundle-reader.ts';
import { describeRun, runTar } from '../bundles/run-tar.ts';
import { storageError } from '../storage-error.ts';
import { writePieces } from '../transcripts/gathered-file.ts';
import { headBytes, headLength, packed, unpacked } from './zstd-frames.ts';

const archiveHead = z.object({
  format: z.literal('wrenchbook-archive'),
  version: z.literal(1),
  summary: runSummary,
  archivedAt: z.string(),
  /** As the search index knew the run's files. */
  stamp: z.string(),
  /** The journal's last event and the SHA-256 of its line. */
  last: z.object({ event: z.number().int(), digest: z.string() }),
  /** `mtimeMs`: of when it was last written; links have none of their own. */
  files: z.array(bundledFile.extend({ mtimeMs: z.number() })),
});
export type ArchiveHead = z.infer<typeof archiveHead>;
export type ArchivedFile = ArchiveHead['files'][number];

const largestHead = 64 * 1024 * 1024;

export interface Watch {
  signal?: AbortSignal | undefined;
  /** Bytes, of all that will be. */
  onBytes?: ((bytes: number) => void) | undefined;
}

/** Throws TypeError where the folder holds something that no archive can keep. */
export async function describeForArchive(runFolder: string, signal?: AbortSignal): Promise<ArchivedFile[]> {
  const { files, others } = await describeRun(runFolder, signal);
  if (others.length > 0) throw new TypeError(`${others[0]} is no file, folder or link`);
  return files.map((file) => ({ ...file, mtimeMs: lstatSync(path.join(runFolder, file.path)).mtimeMs }));
}

/** Writes the archive and waits until it is on disk. Flat memory. Resolves with its length and the SHA-256 of its bytes. */
export async function writeArchive(runFolder: string, file: string, head: ArchiveHead, watch: Watch): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const pieces = async function* () {
    yield headBytes(Buffer.from(JSON.stringify(head)));
    yield* packed(watched(runTar(runFolder, head.files, { mtime: new Date(head.archivedAt) }), watch));
  };
  const bytes = await writePieces(
    file,
    (async function* () {
      for await (const piece of pieces()) {
        hash.update(piece);
        yield piece;
      }
    })(),
  );
  return { bytes, sha256: hash.digest('hex') };
}

async function* watched(source: AsyncIterable<Buffer>, { signal, onBytes }: Watch): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    signal?.throwIfAborted();
    onBytes?.(piece.length);
    yield piece;
  }
}

/** Throws `storage` for what can't be read or is no archive. */
export function readArchiveHead(file: string): ArchiveHead {
  try {
    const fd = openSync(file, 'r');
    try {
      const start = Buffer.alloc(8);
      readSync(fd, start, 0, 8, 0);
      const length = headLength(start);
      if (length === null || length > Math.min(largestHead, fstatSync(fd).size - 8)) throw new Error('it does not begin as an archive does');
      const head = Buffer.alloc(length);
      readSync(fd, head, 0, length, 8);
      return archiveHead.parse(JSON.parse(head.toString('utf8')));
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw storageError('read the archive', file, cause);
  }
}

/**
 * Reads every entry and compares it with the digests of `files`; `take` may put it somewhere. Throws `storage`, naming the
 * first that is damaged, missing or too many.
 */
export async function readArchive(file: string, files: readonly ArchivedFile[], watch: Watch, take?: (entry: BundleEntry) => Promise<void>): Promise<void> {
  const awaited = files[Symbol.iterator]();
  const tar = extract();
  const reading = (async () => {
    for await (const entry of tar) {
      const { name, type, size = 0, mode = 0, linkname } = entry.header;
      const kind = type === 'file' ? 'file' : type === 'directory' ? 'folder' : type === 'symlink' ? 'link' : 'other';
      const expected = awaited.next().value;
      const hash = createHash('sha256');
      const content = hashed(entry as AsyncIterable<Buffer>, hash);
      const found: BundleEntry = { path: name.replace(/\/$/, ''), kind, size, mode, target: linkname ?? '', content };
      if (!expected || found.path !== expected.path || kind !== expected.kind || found.target !== expected.target || (mode & 0o777) !== expected.mode)
        throw new Error(`${found.path} is not what its head says`);
      if (take) await take(found);
      for await (const _rest of content);
      if (kind === 'file' && hash.digest('hex') !== expected.sha256) throw new Error(`${found.path} is damaged`);
    }
    const missing = awaited.next().value;
    if (missing) throw new Error(`${missing.path} is missing`);
  })();
  const pumping = pipeline(Readable.from(watched(unpacked(file), watch), { objectMode: false }), tar);
  // Where reading ends, the stream does too: the reason is the first one's.
  for (const result of await Promise.allSettled([reading, pumping])) {
    if (result.status === 'fulfilled') continue;
    watch.signal?.throwIfAborted();
    throw storageError('read the archive', file, result.reason);
  }
}

async function* hashed(source: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
}

export async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
