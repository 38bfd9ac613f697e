/** Puts the entries of a run's tar archive into a new folder, and nothing outside of it. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { staysInside } from './bundle-format.ts';
import type { BundleEntry } from './bundle-reader.ts';

type Place = Omit<BundleEntry, 'content'>;
export interface Unpacking {
  write(piece: Buffer): Promise<void>;
  /** It is on disk afterwards. */
  end(): Promise<void>;
}

export class Unpacker {
  private readonly folder: string;
  private readonly linksOut: 'refused' | 'kept';
  private readonly links: Place[] = [];

  /** `linksOut`: what becomes of links that lead out of the folder. Nothing is ever written through one. */
  constructor(folder: string, linksOut: 'refused' | 'kept' = 'refused') {
    this.folder = folder;
    this.linksOut = linksOut;
  }

  /** Reads the entry to its end; files are on disk afterwards. Throws TypeError for what leads out of the folder. */
  async take(entry: BundleEntry): Promise<void> {
    const file = await this.open(entry);
    try {
      for await (const piece of entry.content) await file?.write(piece);
    } finally {
      await file?.end();
    }
  }

  /** Where a file's content goes, piece by piece; null for what has none. Throws TypeError for what leads out of the folder. */
  async open(entry: Place): Promise<Unpacking | null> {
    const { path: name, kind, mode } = entry;
    if (!staysInside(name)) throw new TypeError(`${name} leads out of the run`);
    const file = path.join(this.folder, name);
    if (kind === 'link') this.links.push(entry);
    else if (kind === 'folder') mkdirSync(file, { recursive: true, mode: (mode & plain) | 0o700 });
    if (kind === 'link' || kind === 'folder') return null;
    const handle = await open(file, 'wx', (mode & plain) | 0o600);
    return {
      async write(piece) {
        for (let at = 0; at < piece.length; ) at += (await handle.write(piece, at)).bytesWritten;
      },
      async end() {
        try {
          await handle.sync();
        } finally {
          await handle.close();
        }
      },
    };
  }

  /** Makes the links: last, so that nothing is written through one. Throws TypeError for one that is refused. */
  finish(): void {
    for (const { path: name, target } of this.links) {
      if (this.linksOut === 'refused' && (path.posix.isAbsolute(target) || !staysInside(path.posix.join(path.posix.dirname(name), target))))
        throw new TypeError(`the link ${name} leads out of the run`);
      symlinkSync(target, path.join(this.folder, name));
    }
  }
}

/** No rights of another user's or group's, nor writing by others: of whoever packed it, nothing is taken over but what can be read and run. */
const plain = 0o755;
