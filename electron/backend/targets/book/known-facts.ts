/** `target-facts.json`: what each target said last. Can be read again at any time, so a damaged file counts as none. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type TargetFacts, targetFacts, targetId } from '../../../../shared/api/target.ts';
import { waitForLock } from '../../waiting-lock.ts';
import { replaceFile } from '../../whole-file.ts';

const factsFile = z.object({ version: z.literal(1), facts: z.record(targetId, targetFacts) });

export class KnownFacts {
  private readonly file: string;

  constructor(dataFolder: string) {
    this.file = path.join(dataFolder, 'target-facts.json');
  }

  /** By the target's id, which may be any word, such as "constructor". */
  all(): ReadonlyMap<string, TargetFacts> {
    try {
      return new Map(Object.entries(factsFile.parse(JSON.parse(readFileSync(this.file, 'utf8'))).facts));
    } catch {
      return new Map();
    }
  }

  /** `null` forgets them. Throws `storage` or `locked`. */
  note(id: string, facts: TargetFacts | null): void {
    const giveFree = waitForLock(`${this.file.replace(/\.json$/, '')}.lock`, `the facts of targets in ${this.file}`);
    try {
      const known = new Map(this.all());
      if (facts) known.set(id, facts);
      else known.delete(id);
      replaceFile(this.file, `${JSON.stringify({ version: 1, facts: Object.fromEntries(known) }, null, 2)}\n`);
    } finally {
      giveFree();
    }
  }
}
