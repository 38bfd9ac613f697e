/**
 * `check-ups/ignored.json`: what somebody has said of a finding, that it is none here, and why. By identity, so that it holds in every later
 * check-up. Replaced whole, by one process at a time, and never written over when it can't be read.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type IgnoredFinding, ignoredFinding } from '../../../shared/api/doctor.ts';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { firstIssueText } from '../../../shared/api/issue-words.ts';
import { storageError } from '../storage-error.ts';
import { waitForLock } from '../waiting-lock.ts';
import { replaceFile } from '../whole-file.ts';

const ignoredFile = z.object({ version: z.literal(1), ignored: z.array(ignoredFinding).max(10_000) });

export class IgnoredFindings {
  readonly file: string;
  private readonly lockFolder: string;

  constructor(dataFolder: string) {
    this.lockFolder = path.join(dataFolder, 'check-ups', 'ignoring');
    this.file = path.join(dataFolder, 'check-ups', 'ignored.json');
  }

  /** Of one machine, the newest first. Throws `storage` where the file is there and can't be read: nothing is hidden then, and that is said. */
  of(place: string): IgnoredFinding[] {
    return this.read()
      .filter((each) => each.place === place)
      .sort((one, other) => other.since.localeCompare(one.since));
  }

  /** The reason that was given before is replaced. Throws `storage`, `locked`. */
  ignore(finding: IgnoredFinding): void {
    this.change((known) => [...known.filter(({ id }) => id !== finding.id), finding]);
  }

  /** Throws `not-found`, `storage`, `locked`. */
  unignore(place: string, id: string): void {
    this.change((known) => {
      const left = known.filter((each) => each.id !== id || each.place !== place);
      if (left.length < known.length) return left;
      throw new WrenchbookError('not-found', `The finding ${id} is not ignored on this machine.`, 'wrenchbook doctor --all shows those that are.');
    });
  }

  private change(by: (known: readonly IgnoredFinding[]) => IgnoredFinding[]): void {
    const giveFree = waitForLock(this.lockFolder, 'the ignored findings');
    try {
      replaceFile(this.file, `${JSON.stringify({ version: 1, ignored: by(this.read()) }, null, 2)}\n`);
    } finally {
      giveFree();
    }
  }

  private read(): IgnoredFinding[] {
    if (!existsSync(this.file)) return [];
    let content: unknown;
    try {
      content = JSON.parse(readFileSync(this.file, 'utf8'));
    } catch (cause) {
      if (cause instanceof SyntaxError) throw this.damaged('it is not JSON.');
      throw storageError('read', this.file, cause);
    }
    const parsed = ignoredFile.safeParse(content);
    if (!parsed.success) throw this.damaged(firstIssueText(parsed.error));
    return parsed.data.ignored;
  }

  private damaged(why: string): WrenchbookError {
    return new WrenchbookError(
      'storage',
      `The list of ignored findings, ${this.file}, can't be used: ${why}`,
      'Restore it from a backup, or move it away; then all findings are shown again.',
    );
  }
}
