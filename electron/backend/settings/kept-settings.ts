/** `settings.json`: what somebody chose for this computer. A file that can't be read costs its choices and nothing else. */
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { firstIssueText } from '../../../shared/api/issue-words.ts';
import { defaultSettings, type Settings, settings } from '../../../shared/api/settings.ts';
import { storageError } from '../storage-error.ts';
import { waitForLock } from '../waiting-lock.ts';
import { replaceFile } from '../whole-file.ts';

type Change = { [Name in keyof Settings]?: Settings[Name] | undefined };

export class KeptSettings {
  readonly file: string;
  private readonly dataFolder: string;

  constructor(dataFolder: string) {
    this.dataFolder = dataFolder;
    this.file = path.join(dataFolder, 'settings.json');
  }

  /** Each by itself: one that is wrong is as at first, and the others stay. */
  get(): Settings {
    return usable(this.read() ?? {});
  }

  /** What is not known here stays in the file, as a newer Wrenchbook wrote it. Throws `storage`, `locked`, `bad-parameters`. */
  set(change: Change): Settings {
    try {
      mkdirSync(this.dataFolder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw storageError('make', this.dataFolder, cause);
    }
    const giveFree = waitForLock(path.join(this.dataFolder, 'settings.lock'), `the settings in ${this.file}`);
    try {
      const before = this.read();
      if (before === null) this.putAside();
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const parsed = settings.safeParse({ ...usable(before ?? {}), ...given });
      if (!parsed.success) throw new WrenchbookError('bad-parameters', firstIssueText(parsed.error), 'Nothing was changed.');
      replaceFile(this.file, `${JSON.stringify({ ...before, ...parsed.data }, null, 2)}\n`);
      return parsed.data;
    } finally {
      giveFree();
    }
  }

  /** Null where it is there and is none of ours. */
  private read(): Record<string, unknown> | null {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (cause) {
      return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? {} : null;
    }
    try {
      const content: unknown = JSON.parse(text);
      return typeof content === 'object' && content !== null && !Array.isArray(content) ? (content as Record<string, unknown>) : null;
    } catch {
      return null;
    }
  }

  private putAside(): void {
    const aside = path.join(this.dataFolder, `settings.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
    try {
      renameSync(this.file, aside);
    } catch (cause) {
      throw storageError('move', this.file, cause);
    }
  }
}

function usable(content: Record<string, unknown>): Settings {
  const entries = Object.entries(settings.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(content[name]);
    return [name, parsed.success ? parsed.data : defaultSettings[name as keyof Settings]];
  });
  return Object.fromEntries(entries) as Settings;
}
