/**
 * Whose turn it is to fill the index. Several processes that do it at once wait for each other's changes and are slower
 * than one alone; the others read what is there meanwhile. The turn is a file that names its owner. It passes on when
 * that one gives it back, is gone, or has not been seen for a while. Two that fill at once, as may happen for a moment
 * when it passes on, are no danger to the index.
 */
import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IndexUsers } from './index-users.ts';

/** A portion takes far less; one that was stopped (SIGSTOP, a machine asleep) or belongs to another host is passed over. */
const seenWithinMs = 20_000;

export class FillTurn {
  private readonly file: string;
  private readonly users: IndexUsers;

  constructor(folder: string, users: IndexUsers) {
    this.file = path.join(folder, 'filling');
    this.users = users;
  }

  /** Takes the turn, or keeps it; false while another one has it. Throws what the system says. */
  take(): boolean {
    for (let attempt = 0; attempt < 2; attempt++) {
      const owner = this.owner();
      if (owner === this.users.own) {
        const now = new Date();
        utimesSync(this.file, now, now);
        return true;
      }
      if (owner !== null && this.isAtWork(owner)) return false;
      if (owner !== null) rmSync(this.file, { force: true });
      if (this.made()) return true;
    }
    return false;
  }

  giveBack(): void {
    if (existsSync(this.file) && this.owner() === this.users.own) rmSync(this.file, { force: true });
  }

  private made(): boolean {
    try {
      writeFileSync(this.file, this.users.own, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw cause;
    }
  }

  /** Null where nobody has the turn. */
  private owner(): string | null {
    try {
      return readFileSync(this.file, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw cause;
    }
  }

  private isAtWork(owner: string): boolean {
    const stat = statSync(this.file, { throwIfNoEntry: false });
    if (!stat || Date.now() - stat.mtimeMs > seenWithinMs) return false;
    // Between its making and its writing the file is empty.
    return owner === '' || this.users.lives(owner);
  }
}
