/** A console behind a program: ipmitool, virsh, xl, or any other, on a terminal of its own. Its questions are answered in that terminal. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { PtyProcess } from '../../sessions/pty-process.ts';
import { type Carrier, CarrierEvents } from './carrier.ts';

/** Arguments only, never a line for a shell; never a secret in them. */
export interface ConsoleCommand {
  program: string;
  args: readonly string[];
  /** Debian's name of the package that has the program. */
  package?: string;
  /** What makes the program let go of the console, when typed; `atLineStart` where it only works there. */
  detach?: { keys: string; atLineStart: boolean };
}
export interface CommandCarrierOptions {
  folder: string;
  environment: Readonly<Record<string, string>>;
  cols?: number;
  rows?: number;
}

const detachMs = 1000;

export class CommandCarrier implements Carrier {
  readonly name: string;
  private readonly events = new CarrierEvents();
  private readonly pty: PtyProcess;
  private readonly command: ConsoleCommand;
  private lastByte = 0x0d;
  private closing = false;

  /** Throws WrenchbookError `session` where the program is missing or no terminal can be had. */
  constructor(command: ConsoleCommand, options: CommandCarrierOptions) {
    this.command = command;
    this.name = [path.basename(command.program), ...command.args.filter((word) => /^[ -~]+$/.test(word))].join(' ');
    requireProgram(command, options.environment.PATH ?? '');
    this.pty = new PtyProcess({ cols: 80, rows: 24, ...options, program: command.program, args: command.args });
    this.pty.onData((bytes) => this.events.emitData(bytes));
    this.pty.onExit(({ status, signal }) => {
      if (!this.closing) this.events.emitEnd(`${path.basename(command.program)} ended ${signal ? `by signal ${signal}` : `with status ${status}`}`);
    });
  }

  onData(listener: (bytes: Buffer) => void): void {
    this.events.onData(listener);
  }
  onEnd(listener: (detail: string) => void): void {
    this.events.onEnd(listener);
  }
  write(bytes: Buffer): void {
    this.lastByte = bytes.at(-1) ?? this.lastByte;
    this.pty.write(bytes);
  }
  /** Lets the program detach by itself where it can, so that the far side knows; then ends it. */
  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    const { detach } = this.command;
    if (detach && !this.pty.ended && (!detach.atLineStart || this.lastByte === 0x0d)) {
      const gone = new Promise<void>((resolve) => this.pty.onExit(() => resolve()));
      this.pty.write(detach.keys);
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, detachMs))]);
    }
    await this.pty.endAll();
  }
}

function requireProgram(command: ConsoleCommand, searchPath: string): void {
  const places = command.program.includes('/') ? [command.program] : searchPath.split(path.delimiter).map((folder) => path.join(folder, command.program));
  if (process.platform === 'win32' || places.some(isProgram)) return;
  const next = command.package
    ? `Install it (Debian and Ubuntu: package ${command.package}), then try again.`
    : 'Check its name and that it is installed, then try again.';
  throw new WrenchbookError('session', `The program ${command.program} is not there.`, next);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
