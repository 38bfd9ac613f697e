/**
 * `targets.json`: the machines an admin works on. Replaced whole, by one process at a time, and never written over when it
 * can't be read. Nothing in it is secret.
 */
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { HiddenTarget, Target, TargetEntry } from '../../../../shared/api/target.ts';
import { keptTargetIssues, targetIssuesText } from '../../../../shared/api/target-words.ts';
import { storageError } from '../../storage-error.ts';
import { waitForLock } from '../../waiting-lock.ts';
import { replaceFile } from '../../whole-file.ts';
import { type BookEntry, bookText, entryOf, hiddenOf, readBook, takenIds } from './book-entries.ts';
import { targetSlug } from './target-slug.ts';

type Change = { [Field in keyof TargetEntry]?: TargetEntry[Field] | undefined };

export class TargetBook {
  readonly file: string;
  private readonly dataFolder: string;

  constructor(dataFolder: string) {
    this.dataFolder = dataFolder;
    this.file = path.join(dataFolder, 'targets.json');
  }

  /** Those that can be used. Throws `storage` where the file is there and can't be read. */
  list(): Target[] {
    return this.entries().flatMap(({ target }) => (target ? [target] : []));
  }

  /** Entries that can't be used, and why; they stay in the file as they are. Throws as `list`. */
  hidden(): HiddenTarget[] {
    return hiddenOf(this.entries());
  }

  /** Puts a file that can't be read out of the way, and says where it is now. Throws `wrong-state` where it can be read. */
  moveAway(): string {
    return this.locked(() => {
      let because: unknown = null;
      try {
        this.entries();
      } catch (thrown) {
        because = thrown;
      }
      if (because === null)
        throw new WrenchbookError('wrong-state', `${this.file} can be read, so it was not moved away.`, 'Look at the list of targets again.');
      const aside = path.join(this.dataFolder, `targets.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
      try {
        renameSync(this.file, aside);
      } catch (cause) {
        throw storageError('move', this.file, cause);
      }
      return aside;
    });
  }

  /** Throws `not-found`. */
  get(id: string): Target {
    const found = this.list().find((each) => each.id === id);
    if (!found) throw noTarget(id);
    return found;
  }

  /** Adds all of them or none; an id is made of each name. */
  add(entries: readonly TargetEntry[]): Target[] {
    return this.change((known) => {
      const taken = takenIds(known);
      const added = entries.map((entry) => {
        const id = targetSlug(entry.name, taken);
        taken.add(id);
        return { id, ...entry };
      });
      return { entries: [...known, ...added.map(entryOf)], result: added };
    });
  }

  /** Changes what is given; the id stays. `before`: as the admin saw it, where that matters. Throws `not-found` or `wrong-state`. */
  edit(id: string, change: Change, before?: TargetEntry): Target {
    return this.change((known) => {
      const old = known.find(({ target }) => target?.id === id)?.target;
      if (!old) throw noTarget(id);
      if (before && !sameEntry(old, before))
        throw new WrenchbookError('wrong-state', `The target ${old.name} was changed elsewhere in the meantime.`, 'Review it again, then change it.');
      const changed = { ...old, ...(Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<TargetEntry>) };
      return { entries: known.map((each) => (each.target === old ? entryOf(changed) : each)), result: changed };
    });
  }

  /** Throws `not-found`. */
  remove(id: string): void {
    this.change((known) => {
      const rest = known.filter(({ target }) => target?.id !== id);
      if (rest.length === known.length) throw noTarget(id);
      return { entries: rest, result: undefined };
    });
  }

  private entries(): BookEntry[] {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw storageError('read', this.file, cause);
    }
    try {
      return readBook(text);
    } catch (cause) {
      throw new WrenchbookError(
        'storage',
        `${this.file} is damaged, or a newer Wrenchbook wrote it: ${(cause as Error).message} It was left as it is.`,
        'Correct it, or move it away to start with an empty list.',
        { cause },
      );
    }
  }

  /** Nothing is written that could not be read again. */
  private change<T>(make: (known: BookEntry[]) => { entries: BookEntry[]; result: T }): T {
    return this.locked(() => {
      const known = this.entries();
      const { entries, result } = make(known);
      for (const entry of entries) if (!known.includes(entry)) refuseBad(entry);
      replaceFile(this.file, bookText(entries));
      return result;
    });
  }

  private locked<T>(work: () => T): T {
    try {
      mkdirSync(this.dataFolder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw storageError('make', this.dataFolder, cause);
    }
    const giveFree = waitForLock(path.join(this.dataFolder, 'targets.lock'), `the targets in ${this.file}`);
    try {
      return work();
    } finally {
      giveFree();
    }
  }
}

function refuseBad({ raw }: BookEntry): void {
  const issues = keptTargetIssues(raw);
  if (issues.length === 0) return;
  const { name = '' } = raw as Partial<Target>;
  throw new WrenchbookError(
    'bad-parameters',
    `The target ${JSON.stringify(name.slice(0, 100))} was not written. ${targetIssuesText(issues)}`,
    'Correct it and try again. Nothing was changed.',
  );
}

const noTarget = (id: string) => new WrenchbookError('not-found', `There is no target "${id}".`, 'See "wrenchbook targets list" or the Targets page.');

function sameEntry({ id: _id, ...now }: Target, before: TargetEntry): boolean {
  const text = (entry: TargetEntry) =>
    JSON.stringify([entry.name, Object.entries(entry.connection).sort(), entry.root, entry.group, entry.tags, entry.note, entry.production ?? false]);
  return text(now) === text(before);
}
