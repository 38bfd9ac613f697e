/** A lab folder on disk and the simulated tools in it, run for real, for the tests. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lab } from './lab.ts';

const bin = fileURLToPath(new URL('../../../assets/lab/perc-h200-crossflash', import.meta.url));

/** Shells a POSIX script must run in, with the arguments that make them one. */
export const shells: readonly (readonly [string, ...string[]])[] = [['sh'], ['dash'], ['bash', '--norc', '--posix'], ['busybox', 'ash'], ['ksh']];

export const hasShell = ([name]: readonly [string, ...string[]]) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

export interface Shown {
  output: string;
  status: number | null;
  signal: NodeJS.Signals | null;
}

export class LabOnDisk {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wrenchbook-lab-'));
  private readonly shell: readonly [string, ...string[]];

  constructor(failure: string | null = null, shell: readonly [string, ...string[]] = ['sh']) {
    this.shell = shell;
    for (const file of lab.files(failure)) {
      const target = path.join(this.folder, file.path);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.content);
    }
  }

  /** Puts the lab's files where the stick's layout wants them, and starts the server from it. */
  onStick(): this {
    for (const file of [
      'EFI/BOOT/BOOTX64.EFI',
      'P07/sas2flash.efi',
      'P07/6GBPSAS.FW',
      'P07/2118it.bin',
      'P20/sas2flash.efi',
      'P20/2118it.bin',
      'P20/mptsas2.rom',
    ]) {
      const target = path.join(this.folder, 'stick', file);
      mkdirSync(path.dirname(target), { recursive: true });
      copyFileSync(path.join(this.folder, 'downloads', file), target);
    }
    this.tool('lab-hand', ['boot-stick']);
    return this;
  }

  /** Runs one tool with the lab's shell; `input` is what is typed. */
  tool(name: string, args: readonly string[], { at = '', input = '', efi = false } = {}): Shown {
    const [shell, ...options] = this.shell;
    return this.spawn(shell, [...options, path.join(bin, name), ...args], at, input, efi ? { SAS2FLASH_BUILD: 'efi' } : {});
  }

  /** The flasher's UEFI build in a folder of the stick. */
  flasher(at: string, args: readonly string[], input = ''): Shown {
    return this.tool('sas2flash', args, { at: `stick/${at}`, input, efi: true });
  }

  /** Shell text as a rehearsal runs it: in the lab folder, with the tools first on PATH. */
  script(text: string, input = ''): Shown {
    const [shell, ...options] = this.shell;
    return this.spawn(shell, [...options, '-c', text], '', input, {});
  }

  state(): Record<string, string> {
    const lines = readFileSync(path.join(this.folder, 'controller.state'), 'utf8').trimEnd().split('\n');
    return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  }

  has(file: string): boolean {
    return existsSync(path.join(this.folder, file));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A tool by its file, as busybox has programs of its own that come before those on PATH; outside of a rehearsal. */
  outside(tool: string): Shown {
    return this.script(`unset WRENCHBOOK_LAB; "${path.join(bin, tool)}"`);
  }

  /** In its own process group, because a power cut kills the whole of it. */
  private spawn(command: string, args: readonly string[], at: string, input: string, extra: Record<string, string>): Shown {
    const ran = spawnSync('sh', ['-c', 'exec "$0" "$@" 2>&1', command, ...args], {
      cwd: path.join(this.folder, at),
      input,
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env.PATH ?? ''}`, LC_ALL: 'C', WRENCHBOOK_LAB: this.folder, WRENCHBOOK_LAB_SPEED: '0', ...extra },
      // @ts-expect-error Node's spawnSync passes it on; only its types leave it out
      detached: true,
    });
    return { output: ran.stdout, status: ran.status, signal: ran.signal };
  }
}
