/**
 * `check-ups/`: what check-ups found, one signed file each, in a folder for each machine; and what is ignored. Files appear whole or not at all,
 * and only this module writes there.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { type CheckUp, type CheckUpSummary, checkUpId as checkUpIdForm } from '../../../shared/api/doctor.ts';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { storageError } from '../storage-error.ts';
import { replaceFile } from '../whole-file.ts';
import { type CheckUpRecord, type ReadRecord, readRecord, recordText } from './check-up-record.ts';
import { placeFolder } from './finding-identity.ts';

/** So many of one machine are kept, the newest. */
export const keptCheckUps = 30;
const suffix = '.wbcheck';
/** What a process that was killed left of a file. */
const leftOver = `${suffix}.new`;
const leftOverMs = 60 * 60_000;

export class CheckUpStore {
  readonly folder: string;
  private readonly keys: KeyRing;

  constructor(dataFolder: string, keys: KeyRing) {
    this.folder = path.join(dataFolder, 'check-ups');
    this.keys = keys;
  }

  /** On disk when it returns; then the oldest ones of the machine go. Throws `storage`. */
  save(record: CheckUpRecord): void {
    const { id, place } = record.checkUp;
    const folder = path.join(this.folder, placeFolder(place));
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw storageError('make', folder, cause);
    }
    replaceFile(path.join(folder, `${id}${suffix}`), recordText(record, this.keys.signing));
    this.tidy(folder);
  }

  /** All that are kept of a machine, the newest first; what can't be relied on is in `troubles`. Throws `storage`. */
  list(place: string): { checkUps: CheckUp[]; troubles: string[] } {
    const troubles: string[] = [];
    const checkUps = this.ids(path.join(this.folder, placeFolder(place))).flatMap((id) => {
      const { record, verification } = this.read(id);
      if (record && verification.findings.length === 0 && record.checkUp.id === id && record.checkUp.place === place) return [record.checkUp];
      troubles.push(`The check-up ${id} is not intact: ${verification.findings.join('; ') || 'it belongs to another one'}.`);
      return [];
    });
    // Of two in the same second the ids say nothing.
    return { checkUps: checkUps.sort((one, other) => other.at.localeCompare(one.at)), troubles };
  }

  /** Throws `not-found`, `storage`. */
  read(id: string): ReadRecord {
    return readRecord(this.bytes(id).toString(), this.keys.knows);
  }

  /** The file of it. Throws `not-found`, `storage`. */
  bytes(id: string): Buffer {
    const file = path.join(this.folder, id.split('-')[2] ?? '', `${id}${suffix}`);
    if (!checkUpIdForm.safeParse(id).success || !existsSync(file))
      throw new WrenchbookError('not-found', `There is no check-up ${id}.`, 'wrenchbook machine TARGET lists those that are kept.');
    try {
      return readFileSync(file);
    } catch (cause) {
      throw storageError('read', file, cause);
    }
  }

  /** One that can be relied on. Throws `not-found`, `not-intact`, `storage`. */
  intact(id: string): CheckUpRecord {
    const { record, verification } = this.read(id);
    if (record && verification.findings.length === 0) return record;
    throw new WrenchbookError(
      'not-intact',
      `The record of the check-up ${id} is not intact: ${verification.findings.join('; ')}.`,
      'It is not handed out. Check the machine again.',
    );
  }

  private ids(folder: string): string[] {
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith(suffix))
        .map((name) => name.slice(0, -suffix.length))
        .filter((id) => checkUpIdForm.safeParse(id).success)
        .sort()
        .reverse();
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw storageError('read', folder, cause);
    }
  }

  /** That it stays a little longer is no reason to fail. */
  private tidy(folder: string): void {
    const old = this.ids(folder).slice(keptCheckUps);
    const torn = readdirSync(folder).filter((name) => name.endsWith(leftOver) && Date.now() - statSync(path.join(folder, name)).mtimeMs > leftOverMs);
    for (const name of [...old.map((id) => `${id}${suffix}`), ...torn]) rmSync(path.join(folder, name), { force: true });
  }
}

export const summaryOf = ({ id, at, deep, category, findings }: CheckUp): CheckUpSummary => ({
  id,
  at,
  deep,
  category,
  affected: findings.filter(({ verdict }) => verdict === 'affected').length,
});
