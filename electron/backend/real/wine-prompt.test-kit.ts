/** Windows' command prompt, as Wine has it: unpacked, not installed (100 MB to fetch). No display is needed. It is not Microsoft's. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unpackedPackages } from './unpacked-packages.test-kit.ts';

let files = '';
/** Why there can be none here; null where there can. */
export const whyNoWine: string | null = findReason();

function findReason(): string | null {
  try {
    if (process.arch !== 'x64') return 'the packages are for x86-64';
    files = unpackedPackages('wine', ['wine64', 'libwine', 'libz-mingw-w64', 'libunwind8']);
    const server = path.join(files, 'usr/lib/wine/wineserver'); // Debian's is a script that looks where it would be installed
    rmSync(server, { force: true });
    symlinkSync('wineserver64', server);
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

export class WinePrompt {
  /** What it has as C: and so on is here, beside its other drives. */
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-wine-'));
  private readonly prompt: ChildProcess;
  private printed = '';
  private look: () => void = () => {};

  /** `drives`: what is under which letter, such as `{ D: '/srv/windows' }`. Resolves when it waits for the first line. */
  static async open(drives: Readonly<Record<string, string>>): Promise<WinePrompt> {
    const opened = new WinePrompt(drives);
    await opened.waiting();
    return opened;
  }

  private constructor(drives: Readonly<Record<string, string>>) {
    const system = path.join(this.folder, 'drive_c/windows/system32');
    mkdirSync(system, { recursive: true });
    copyFileSync(path.join(files, 'usr/x86_64-w64-mingw32/lib/zlib1.dll'), path.join(system, 'zlib1.dll'));
    const letters = path.join(this.folder, 'dosdevices');
    mkdirSync(letters);
    for (const [letter, place] of Object.entries({ C: '../drive_c', Z: '/', ...drives })) symlinkSync(place, path.join(letters, `${letter.toLowerCase()}:`));
    this.prompt = spawn(path.join(files, 'usr/lib/wine/wine64'), ['cmd'], { env: this.environment, stdio: ['pipe', 'pipe', 'ignore'] });
    this.prompt.stdout?.on('data', (bytes) => {
      this.printed += bytes;
      this.look();
    });
    this.prompt.once('exit', () => this.look());
  }
  private get environment() {
    const { DISPLAY: _, ...others } = process.env;
    const libraries = path.join(files, 'usr/lib/x86_64-linux-gnu');
    const without = 'mscoree,mshtml,winemenubuilder.exe=d';
    return { ...others, WINEPREFIX: this.folder, WINEDEBUG: '-all', WINEDLLOVERRIDES: without, LD_LIBRARY_PATH: libraries };
  }

  /** Types a line; resolves with what it prints until it waits again, and that it waits. */
  type(line: string): Promise<string> {
    this.prompt.stdin?.write(`${line}\r\n`);
    return this.waiting();
  }

  async close(): Promise<void> {
    this.prompt.stdin?.end('exit\r\n');
    const server = path.join(files, 'usr/lib/wine/wineserver');
    for (const word of ['-k', '-w']) if (existsSync(this.folder)) spawnSync(server, [word], { env: this.environment });
    rmSync(this.folder, { recursive: true, force: true });
  }

  private waiting(): Promise<string> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(late);
        this.look = () => {};
        end();
      };
      const late = setTimeout(() => settle(() => reject(new Error(`Wine's prompt does not come back: ${this.printed}`))), 60_000);
      this.look = () => {
        if (this.prompt.exitCode !== null) return settle(() => reject(new Error(`Wine's prompt ended: ${this.printed}`)));
        if (!/(^|\n)[A-Z]:\\[^>\r\n]*>$/.test(this.printed)) return;
        const { printed } = this;
        this.printed = '';
        settle(() => resolve(printed));
      };
      this.look();
    });
  }
}
