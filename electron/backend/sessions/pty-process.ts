/**
 * One program on a pseudo-terminal, over node-pty, with the corners rounded that matter for privileged work:
 * - nothing of its output is lost when it ends, also while reading is paused (node-pty alone drops the tail);
 * - resize and write after the end are refused instead of reaching another terminal whose descriptor has the same number;
 * - `endAll` ends everything the program started, also what put itself into the background or a session of its own.
 * On Windows the terminal is ConPTY, in the version that comes with node-pty: the one of Windows 10 and 11 lets unknown
 * sequences, and so the session's marks, overtake the text before them (docs/decisions/026).
 */
import { readSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { type IPty, spawn } from 'node-pty';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { clampSize } from '../terminal-size.ts';
import { ConptyOutput } from './conpty-output.ts';
import { isRunning, newSessionMark, outermost, processFamily } from './process-family.ts';
import { PtyWriter } from './pty-writer.ts';

export interface PtyOptions {
  program: string;
  args: readonly string[];
  folder: string;
  environment: Readonly<Record<string, string>>;
  cols: number;
  rows: number;
}
export interface PtyExit {
  status: number;
  signal: number | null;
}

const windows = process.platform === 'win32';

export class PtyProcess {
  private readonly pty: IPty;
  private readonly mark = newSessionMark();
  private over = false;
  private paused = false;
  private writer: PtyWriter | null = null;
  private readonly dataListeners: ((bytes: Buffer) => void)[] = [];
  private readonly exitListeners: ((exit: PtyExit) => void)[] = [];

  /** Throws WrenchbookError `session` when no pseudo-terminal can be had. A missing program ends with status 1. */
  constructor(options: PtyOptions) {
    const size = clampSize(options.cols, options.rows);
    try {
      this.pty = spawn(options.program, [...options.args], {
        name: 'xterm-256color',
        ...size,
        cwd: options.folder,
        env: { ...options.environment, ...this.mark },
        encoding: null,
        ...(windows && { useConptyDll: true }),
      });
    } catch (cause) {
      throw new WrenchbookError(
        'session',
        `No terminal could be opened for ${options.program}: ${(cause as Error).message}`,
        'Close other terminals or raise the limit of pseudo-terminals, then try again.',
        { cause },
      );
    }
    if (windows) this.readConpty();
    else this.readTerminal();
    this.pty.onExit(({ exitCode, signal }) => {
      this.over = true;
      for (const listener of this.exitListeners) listener({ status: exitCode, signal: signal || null });
    });
  }

  /** On Windows 0 until the program was started. */
  get pid(): number {
    return this.pty.pid;
  }
  /** The device of the terminal; null where it has none. */
  get terminal(): string | null {
    return (this.pty as unknown as PtyInside).ptsName ?? null;
  }
  onData(listener: (bytes: Buffer) => void): void {
    this.dataListeners.push(listener);
  }
  /** Comes after the last byte of output. */
  onExit(listener: (exit: PtyExit) => void): void {
    this.exitListeners.push(listener);
  }
  get ended(): boolean {
    return this.over;
  }
  write(data: string | Buffer): void {
    if (this.over) return;
    if (this.writer) this.writer.write(typeof data === 'string' ? Buffer.from(data) : data);
    else this.pty.write(data);
  }
  resize(cols: number, rows: number): void {
    if (this.over) return;
    const size = clampSize(cols, rows);
    try {
      this.pty.resize(size.cols, size.rows);
    } catch (cause) {
      // The program has ended, and its end is still on the way: node-pty has closed the terminal already.
      if (!windows && !/EBADF/.test((cause as Error).message)) throw cause;
    }
  }
  pause(): void {
    this.paused = true;
    if (!this.over) this.pty.pause();
  }
  resume(): void {
    this.paused = false;
    if (!this.over) this.pty.resume();
  }

  /** Ends the program and all it started: hang-up first, after `graceMs` without mercy. Resolves when they are gone. */
  async endAll(graceMs = 500): Promise<void> {
    if (windows) {
      if (!this.over) this.pty.kill(); // closes the console, which ends all that is attached to it
      return this.untilOver(Date.now() + graceMs + 2000);
    }
    const family = await processFamily(this.pid, this.mark);
    signalAll(family, this.over ? null : this.pid, 'SIGHUP');
    const deadline = Date.now() + graceMs;
    while (Date.now() < deadline && (!this.over || family.some(isRunning))) await pauseFor(20);
    signalAll(family, this.over ? null : this.pid, 'SIGKILL');
    await this.untilOver(deadline + 2000);
  }

  /**
   * Ends the outermost program of this name that was started in it; resolves with whether it is gone. Nothing else is touched. On Windows it
   * can't be found.
   */
  async endFirst(name: string, graceMs = 1000): Promise<boolean> {
    const pid = windows || this.over ? undefined : await outermost(this.pid, name);
    if (pid === undefined) return false;
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      signalAll([pid], null, signal);
      for (const deadline = Date.now() + graceMs; Date.now() < deadline && isRunning(pid); ) await pauseFor(20);
      if (!isRunning(pid)) return true;
    }
    return false;
  }

  private async untilOver(deadline: number): Promise<void> {
    while (!this.over && Date.now() < deadline) await pauseFor(20);
  }

  private readTerminal(): void {
    const readMore = readAhead(
      this.pty,
      () => this.paused,
      (bytes) => this.emitData(bytes),
    );
    this.pty.onData((bytes) => readMore(bytes as unknown as Buffer));
    const { fd } = drainBeforeDestroy(
      this.pty,
      (bytes) => this.emitData(bytes),
      () => this.writer?.end(),
    );
    this.writer = new PtyWriter(fd);
  }

  private readConpty(): void {
    const output = new ConptyOutput((answer) => this.write(answer));
    this.pty.onData((text) => {
      const bytes = output.take(text);
      if (bytes.length > 0) this.emitData(bytes);
    });
    this.pty.onExit(() => this.emitData(output.end()));
  }

  private emitData(bytes: Buffer): void {
    for (const listener of this.dataListeners) listener(bytes);
  }
}

/** Private members of node-pty; `drainBeforeDestroy` fails loudly where a version has none. */
interface PtyInside {
  _socket?: Duplex;
  fd?: number;
  ptsName?: string;
}

/** Bytes taken in one turn of the event loop, so that a flood does not keep everything else waiting: a page's two writes. */
const readAheadBytes = 128 * 1024;
/** A terminal's kernel buffer gives at most 4 KiB a read; a shorter piece than this means that it is empty for now. */
const fullPiece = 2048;

/**
 * The stream hands out one piece of 4 KiB in each turn of the event loop, each in a buffer of 64 KiB. In a flood the pieces behind it
 * are read in the same turn, one behind the other in one buffer. Each is handed on before the next is read: the kernel holds 12 KiB, and
 * moves and waits for them in a thread of its own, so that whoever reads all first and then works has waited for all of it. Whoever was handed
 * one may have ended the stream: then the descriptor's number may be another file's.
 */
function readAhead(pty: IPty, paused: () => boolean, emit: (bytes: Buffer) => void): (first: Buffer) => void {
  const { fd, _socket: stream } = pty as unknown as PtyInside;
  if (fd === undefined || !stream) return emit;
  let slab: Buffer = Buffer.alloc(0);
  let used = 0;
  return (first) => {
    emit(first);
    // What the stream holds from a pause (one piece with today's Node) comes before what is still in the kernel.
    if (first.length < fullPiece || stream.readableLength > 0) return;
    for (let length = fullPiece, taken = first.length; length >= fullPiece && taken < readAheadBytes && !paused() && !stream.destroyed; taken += length) {
      if (slab.length - used < readAheadBytes) {
        slab = Buffer.allocUnsafeSlow(4 * readAheadBytes);
        used = 0;
      }
      try {
        length = readSync(fd, slab, used, readAheadBytes, null);
      } catch {
        return; // EAGAIN: nothing more for now; EIO: the end, which the stream meets too
      }
      used += length;
      if (length > 0) emit(slab.subarray(used - length, used));
    }
  };
}

/**
 * node-pty destroys its stream 200 ms after the exit, or at the first EIO, with bytes still in the kernel. Reading them
 * synchronously right before the stream is destroyed loses none (also when paused). Needs two private members; a
 * version of node-pty without them fails here, loudly, and not by losing output.
 */
function drainBeforeDestroy(pty: IPty, emit: (bytes: Buffer) => void, onDestroy: () => void): { fd: number } {
  const { fd, _socket: socket } = pty as unknown as PtyInside;
  if (!socket || fd === undefined)
    throw new WrenchbookError('internal', 'This version of node-pty hides its stream.', 'Use the version that package-lock.json names.');
  const destroy = socket._destroy.bind(socket);
  socket._destroy = (error, callback) => {
    onDestroy();
    // What the stream has already read but not handed out, as it was paused, comes first.
    while (socket.read() !== null); // each read hands its bytes to the data listeners
    readToEnd(fd, emit);
    destroy(error, callback);
  };
  return { fd };
}

function readToEnd(fd: number, emit: (bytes: Buffer) => void): void {
  for (;;) {
    const buffer = Buffer.allocUnsafe(65_536);
    let count = 0;
    try {
      count = readSync(fd, buffer);
    } catch {
      return; // EIO: all read; EAGAIN: a background child still has the terminal, and nothing is waiting
    }
    if (count === 0) return;
    emit(buffer.subarray(0, count));
  }
}

function signalAll(family: readonly number[], leader: number | null, signal: NodeJS.Signals): void {
  // A negative id names the process group: the leader of a pseudo-terminal leads one of its own.
  const targets = leader === null ? family : [-leader, ...family];
  for (const pid of targets) {
    try {
      process.kill(pid, signal);
    } catch {
      // gone already
    }
  }
}

const pauseFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
