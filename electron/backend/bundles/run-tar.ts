/** A run's folder as a tar archive: what is in it, and its bytes. Streams. */
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { pack } from 'tar-stream';
import type { BundledFile } from './bundle-format.ts';

/** What belongs to this workstation only. */
const stays = (name: string) => name === 'lock' || name === 'lock.taken-over' || name.startsWith('.') || name.endsWith('.new');

export interface DescribedRun {
  /** Folders before what is in them. */
  files: BundledFile[];
  /** Paths of what is no file, folder or link: an archive can't hold it. */
  others: string[];
}

/** All that belongs to the run. Reads every file for its digest. */
export async function describeRun(runFolder: string, signal?: AbortSignal): Promise<DescribedRun> {
  const described: DescribedRun = { files: [], others: [] };
  for (const name of readdirSync(runFolder).sort()) if (!stays(name)) await describe(runFolder, name, described, signal);
  return described;
}

async function describe(runFolder: string, name: string, described: DescribedRun, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const { files, others } = described;
  const file = path.join(runFolder, name);
  const stat = lstatSync(file);
  const about = { path: name, mode: stat.mode & 0o777, size: 0, sha256: '', target: '' };
  if (stat.isDirectory()) {
    files.push({ ...about, kind: 'folder' });
    for (const inside of readdirSync(file).sort()) await describe(runFolder, `${name}/${inside}`, described, signal);
  } else if (stat.isSymbolicLink()) {
    files.push({ ...about, kind: 'link', target: readlinkSync(file) });
  } else if (stat.isFile()) {
    const hash = createHash('sha256');
    if (stat.size > 0) for await (const piece of createReadStream(file, { end: stat.size - 1 })) hash.update(piece as Buffer);
    files.push({ ...about, kind: 'file', size: stat.size, sha256: hash.digest('hex') });
  } else others.push(name);
}

/** `first`: entries before the run's own. */
export async function* runTar(
  runFolder: string,
  files: readonly BundledFile[],
  { first = [], mtime }: { first?: readonly { name: string; text: string }[]; mtime: Date },
) {
  const tar = pack();
  const filling = fill().catch((cause: unknown) => tar.destroy(cause as Error));
  async function fill(): Promise<void> {
    for (const { name, text } of first) tar.entry({ name, mode: 0o600, mtime }, text);
    for (const file of files) {
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
