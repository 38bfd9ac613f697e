/** Puts the entries of a run's tar archive into a new folder, and nothing outside of it. */
import { createWriteStream, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { staysInside } from './bundle-format.ts';
import type { BundleEntry } from './bundle-reader.ts';

export class Unpacker {
  private readonly folder: string;
  private readonly linksOut: 'refused' | 'kept';
  private readonly links: BundleEntry[] = [];

  /** `linksOut`: what becomes of links that lead out of the folder. Nothing is ever written through one. */
  constructor(folder: string, linksOut: 'refused' | 'kept' = 'refused') {
    this.folder = folder;
    this.linksOut = linksOut;
  }

  /** Reads the entry to its end; files are on disk afterwards. Throws TypeError for what leads out of the folder. */
  async take(entry: BundleEntry): Promise<void> {
    const { path: name, kind, mode, content } = entry;
    if (!staysInside(name)) throw new TypeError(`${name} leads out of the run`);
    const file = path.join(this.folder, name);
    if (kind === 'link') this.links.push(entry);
    else if (kind === 'folder') mkdirSync(file, { recursive: true, mode: mode | 0o700 });
    else await pipeline(Readable.from(content), createWriteStream(file, { flags: 'wx', mode, flush: true }));
    for await (const _rest of content);
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
