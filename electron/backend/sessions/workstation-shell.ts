/**
 * How a session's POSIX shell is started on the machine that Wrenchbook runs on: /bin/sh itself, or on Windows the one in
 * WSL's default distribution. There all that a session works with is in the distribution: programs, ssh and its configuration,
 * sudo; only the helper and the folders of labs lie on the Windows side, under the names they have in WSL.
 */
import { homedir } from 'node:os';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { SessionOptions } from './session.ts';
import { type AskWsl, askProgram, lookForWsl, type WslLook, wslPaths, wslProgram, wslWords } from './wsl.ts';

export interface ShellPurpose {
  assetsFolder: string;
  /** Where it starts, a folder of this machine; without one, the user's home. */
  folder?: string;
  /** Variables of Wrenchbook's environment that are handed on. WSL's distribution has its own, and gets none of Windows. */
  kept: readonly string[];
  /** Variables with values of their own. */
  set?: Readonly<Record<string, string>>;
  /** Variables that name a folder of this machine. */
  folders?: Readonly<Record<string, string>>;
  /** A script of the helper's folder that starts the shell in its own way (assets/helper/lab-start.sh). */
  starter?: string;
  cols: number;
  rows: number;
}

interface Machine {
  platform: NodeJS.Platform;
  wsl: string;
  ask: AskWsl;
  now(): number;
}

/** What Windows programs need to start at all; nothing of it reaches Linux, as WSLENV is not set. */
const windowsVariables = ['SystemRoot', 'SystemDrive', 'windir', 'USERPROFILE', 'USERNAME', 'LOCALAPPDATA', 'APPDATA', 'TEMP', 'TMP', 'PATH'];
const windowsName = /^([a-z]:[\\/]|\\\\)/i;
/** A look that failed counts for so long; somebody may have set WSL up since. */
const failedLookMs = 10_000;

export class WorkstationShell {
  private readonly machine: Machine;
  private looking: Promise<WslLook> | null = null;
  private found: { look: WslLook; at: number } | null = null;

  constructor(machine: Partial<Machine> = {}) {
    const wsl = machine.wsl ?? wslProgram();
    this.machine = { platform: process.platform, ask: askProgram(wsl), now: Date.now, ...machine, wsl };
  }

  /** Finds out whether there is a shell; on Windows this may take as long as WSL takes to wake up, the first time. */
  async look(): Promise<void> {
    if (this.machine.platform === 'win32') await this.wslLook();
  }

  /** Why nothing can run on this machine, nor on others from here, as the last look found; null where it can or where nobody has looked yet. */
  whyNot(): { message: string; next: string } | null {
    return this.found && 'message' in this.found.look ? noShell(this.found.look) : null;
  }

  /** The home of whom sessions run as, as Wrenchbook itself finds it: for what ssh keeps there. On Windows known once somebody has looked. */
  home(): string {
    const look = this.found?.look;
    return look && 'home' in look ? this.here(look.home) : homedir();
  }
  /** What Wrenchbook itself calls a file that programs of a session have named. */
  here(file: string): string {
    const look = this.found?.look;
    return look && 'root' in look && look.root !== null ? path.win32.join(look.root, file) : file;
  }

  /** What programs of a session call files that somebody named on this side: `C:\\…` becomes `/mnt/c/…`. Names of WSL stay. Throws as `session` does. */
  async there(files: readonly string[]): Promise<readonly string[]> {
    const foreign = files.filter((file) => this.machine.platform === 'win32' && windowsName.test(file));
    if (foreign.length === 0) return files;
    const name = await this.namesInWsl(foreign);
    return files.map(name);
  }

  /** Throws WrenchbookError `session` on Windows where WSL can't be used; it says what to do. */
  async session(purpose: ShellPurpose): Promise<SessionOptions> {
    return this.machine.platform === 'win32' ? this.inWsl(purpose) : ownShell(purpose);
  }

  private async inWsl({ assetsFolder, folder, set, folders = {}, starter, cols, rows }: ShellPurpose): Promise<SessionOptions> {
    const look = await this.wslLook();
    if ('message' in look) {
      const { message, next } = noShell(look);
      throw new WrenchbookError('session', `No terminal could be opened: ${message}`, next);
    }
    const helper = helperIn(assetsFolder);
    const start = starter === undefined ? undefined : starterIn(assetsFolder, starter);
    const there = await this.namesInWsl([helper, ...Object.values(folders), ...[folder, start].filter((each) => each !== undefined)]);
    const environment = {
      ...set,
      ...Object.fromEntries(Object.entries(folders).map(([name, value]) => [name, there(value)])),
    };
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    return {
      helper,
      helperThere: there(helper),
      shell: [
        this.machine.wsl,
        ...wslWords(folder === undefined ? '~' : there(folder), [
          '/usr/bin/env',
          ...variables,
          '/bin/sh',
          ...(start === undefined ? [] : [there(start), '/bin/sh']),
        ]),
      ],
      folder: homedir(),
      environment: ownVariables(windowsVariables),
      cols,
      rows,
    };
  }

  private async namesInWsl(files: readonly string[]): Promise<(file: string) => string> {
    const names = await wslPaths(this.machine.ask, files);
    if (!names)
      throw new WrenchbookError(
        'session',
        `WSL does not reach ${files.length === 1 ? files[0] : `all of these: ${files.join(', ')}`}.`,
        'Make sure that drives are mounted in WSL (automount in its /etc/wsl.conf; "ls /mnt/c" lists one) and that this is on such a drive.',
      );
    return (file) => names[files.indexOf(file)] ?? file;
  }

  private wslLook(): Promise<WslLook> {
    const { found, machine } = this;
    if (found && ('path' in found.look || machine.now() - found.at < failedLookMs)) return Promise.resolve(found.look);
    this.looking ??= lookForWsl(machine.ask).then((look) => {
      this.looking = null;
      this.found = { look, at: machine.now() };
      return look;
    });
    return this.looking;
  }
}

/** The machine this process runs on. */
export const workstationShell = new WorkstationShell();

function ownShell({ assetsFolder, folder = homedir(), kept, set, folders, starter, cols, rows }: ShellPurpose): SessionOptions {
  return {
    helper: helperIn(assetsFolder),
    shell: ['/bin/sh', ...(starter === undefined ? [] : [starterIn(assetsFolder, starter), '/bin/sh'])],
    folder,
    environment: { ...shellEnvironment(kept), ...set, ...folders },
    cols,
    rows,
  };
}

/** What a shell needs of Wrenchbook's environment, and nothing of it that could be secret. */
export const shellVariables = ['HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR'];
export const shellEnvironment = (kept: readonly string[]) => ({ ...ownVariables(kept), PATH: process.env.PATH ?? '/usr/bin:/bin' });

const helperIn = (assetsFolder: string) => path.join(assetsFolder, 'helper', 'session.sh');
const starterIn = (assetsFolder: string, name: string) => path.join(assetsFolder, 'helper', name);
const ownVariables = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])));
const noShell = ({ message, next }: { message: string; next: string }) => ({
  message: `a POSIX shell is needed, which Windows has in WSL only, and ${message}.`,
  next,
});
