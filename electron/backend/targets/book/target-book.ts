/**
 * `targets.json`: the machines an admin works on. Replaced whole, by one process at a time, and never written over when it
 * can't be read. Nothing in it is secret.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { longestName, type Target, type TargetEntry, target } from '../../../../shared/api/target.ts';
import { storageError } from '../../storage-error.ts';
import { waitForLock } from '../../waiting-lock.ts';
import { replaceFile } from '../../whole-file.ts';
import { targetSlug } from './target-slug.ts';

type Change = { [Field in keyof TargetEntry]?: TargetEntry[Field] | undefined };
/** A name that is too long, as an import once let in, costs its end and not the whole list. */
const kept = z.preprocess((entry) => {
  const { name } = (entry ?? {}) as { name?: unknown };
  return typeof name === 'string' && name.trim().length > longestName ? { ...(entry as object), name: name.trim().slice(0, longestName) } : entry;
}, target.strict());
const bookFile = z.strictObject({ version: z.literal(1), targets: z.array(kept) });

export class TargetBook {
  readonly file: string;
  private readonly dataFolder: string;

  constructor(dataFolder: string) {
    this.dataFolder = dataFolder;
    this.file = path.join(dataFolder, 'targets.json');
  }

  /** Throws `storage` where the file is there and can't be read. */
  list(): Target[] {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw storageError('read', this.file, cause);
    }
    try {
      return bookFile.parse(JSON.parse(text)).targets;
    } catch (cause) {
      throw new WrenchbookError(
        'storage',
        `${this.file} is damaged or belongs to a newer Wrenchbook: ${whatIsWrong(cause)}. It was left as it is.`,
        'Mend it, or move it away to begin with an empty list.',
        { cause },
      );
    }
  }

  /** Throws `not-found`. */
  get(id: string): Target {
    const found = this.list().find((each) => each.id === id);
    if (!found) throw noTarget(id);
    return found;
  }

  /** Adds all of them or none; an id is made of each name. */
  add(entries: readonly TargetEntry[]): Target[] {
    return this.change((targets) => {
      const taken = new Set(targets.map(({ id }) => id));
      const added = entries.map((entry) => {
        const id = targetSlug(entry.name, taken);
        taken.add(id);
        return { id, ...entry };
      });
      return { targets: [...targets, ...added], result: added };
    });
  }

  /** Changes what is given; the id stays. `before`: as the admin saw it, where that matters. Throws `not-found` or `wrong-state`. */
  edit(id: string, change: Change, before?: TargetEntry): Target {
    return this.change((targets) => {
      const old = targets.find((each) => each.id === id);
      if (!old) throw noTarget(id);
      if (before && !sameEntry(old, before))
        throw new WrenchbookError('wrong-state', `The target ${old.name} was changed elsewhere meanwhile.`, 'Look at it again, then change it.');
      const changed = { ...old, ...(Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<TargetEntry>) };
      return { targets: targets.map((each) => (each === old ? changed : each)), result: changed };
    });
  }

  /** Throws `not-found`. */
  remove(id: string): void {
    this.change((targets) => {
      const rest = targets.filter((each) => each.id !== id);
      if (rest.length === targets.length) throw noTarget(id);
      return { targets: rest, result: undefined };
    });
  }

  private change<T>(make: (targets: Target[]) => { targets: Target[]; result: T }): T {
    try {
      mkdirSync(this.dataFolder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw storageError('make', this.dataFolder, cause);
    }
    const giveFree = waitForLock(path.join(this.dataFolder, 'targets.lock'), `the targets in ${this.file}`);
    try {
      const { targets, result } = make(this.list());
      replaceFile(this.file, `${JSON.stringify({ version: 1, targets }, null, 2)}\n`);
      return result;
    } finally {
      giveFree();
    }
  }
}

const noTarget = (id: string) => new WrenchbookError('not-found', `There is no target "${id}".`, 'See "wrenchbook targets list" or the Targets page.');

function sameEntry({ id: _id, ...now }: Target, before: TargetEntry): boolean {
  const text = (entry: TargetEntry) => JSON.stringify([entry.name, Object.entries(entry.connection).sort(), entry.root, entry.group, entry.tags, entry.note]);
  return text(now) === text(before);
}

function whatIsWrong(cause: unknown): string {
  const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
  return issue ? `${issue.path.join('.') || 'the file'}: ${issue.message}` : 'it is no JSON';
}
