/** A session in each shell there is, in a folder of its own, for tests of what is done with files on a target. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Session } from '../session.ts';
import { SessionFiles, type TargetPath } from './session-files.ts';

type Shell = readonly [string, ...string[]];
const wanted: readonly Shell[] = [['dash'], ['bash'], ['ksh93'], ['zsh'], ['zsh', '--emulate', 'sh'], ['busybox', 'ash']];
const installed = ([program]: Shell) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

export const shells: readonly Shell[] = wanted.filter(installed);
const missing = wanted.filter((shell) => !installed(shell)).map((shell) => shell.join(' '));
console.log(`Files are tried with: ${shells.map((shell) => shell.join(' ')).join(', ')}.${missing.length > 0 ? ` Not installed: ${missing.join(', ')}.` : ''}`);

export class FileSite {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-files-'));
  /** Where other users can read it too, wherever this checkout lies. */
  private readonly helper = readableHelper();
  private opened: { session: Session; files: SessionFiles } | null = null;

  async open(shell: Shell = ['sh'], environment: Record<string, string> = {}): Promise<SessionFiles> {
    const { session } = await Session.open({
      helper: this.helper,
      shell,
      folder: this.folder,
      environment: { PATH: process.env.PATH ?? '', HOME: this.folder, LANG: 'C.UTF-8', ...environment },
      cols: 80,
      rows: 24,
    });
    this.opened = { session, files: new SessionFiles(session) };
    return this.opened.files;
  }
  get session(): Session {
    if (!this.opened) throw new Error('No session was opened.');
    return this.opened.session;
  }

  at(name: string, more: Partial<TargetPath> = {}): TargetPath {
    const place = path.join(this.folder, name);
    return { name: place, place, follow: false, root: '', ...more };
  }

  async end(): Promise<void> {
    await this.opened?.session.close();
    for (const folder of [this.folder, path.dirname(this.helper)]) rmSync(folder, { recursive: true, force: true });
  }
}

function readableHelper(): string {
  const copy = path.join(mkdtempSync(path.join(tmpdir(), 'wb-helper-')), 'session.sh');
  chmodSync(path.dirname(copy), 0o755);
  copyFileSync('assets/helper/session.sh', copy);
  chmodSync(copy, 0o644);
  return copy;
}
