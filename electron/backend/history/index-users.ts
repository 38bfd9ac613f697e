/** Who has the index open: every user of it says so by a file beside it, which names its process. */
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { isRunning } from '../sessions/process-family.ts';

const usersHere = `user-${encodeURIComponent(hostname())}-`;
let users = 0;

export class IndexUsers {
  /** Name of this user's file. */
  readonly own = `${usersHere}${process.pid}-${users++}`;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** From now on the others know of this one. Throws what the system says. */
  enter(): void {
    writeFileSync(path.join(this.folder, this.own), '', { mode: 0o600 });
    this.removeDead();
  }

  leave(): void {
    rmSync(path.join(this.folder, this.own), { force: true });
  }

  /** Whether a user may still be at work. One of another host can't be asked, so that its file alone counts. */
  lives(name: string): boolean {
    const pid = name.startsWith(usersHere) ? Number(name.slice(usersHere.length).split('-')[0]) : null;
    if (pid !== null && !isRunning(pid)) return false;
    return statSync(path.join(this.folder, name), { throwIfNoEntry: false }) !== undefined;
  }

  othersLive(): boolean {
    this.removeDead();
    return this.others().length > 0;
  }

  private removeDead(): void {
    for (const name of this.others()) if (!this.lives(name)) rmSync(path.join(this.folder, name), { force: true });
  }

  private others(): string[] {
    return readdirSync(this.folder).filter((name) => name.startsWith('user-') && name !== this.own);
  }
}
