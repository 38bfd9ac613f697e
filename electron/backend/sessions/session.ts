/**
 * A session: one pseudo-terminal with the helper in it, in which scripts run one after the other. What the terminal
 * shows comes out as bytes without the helper's marks; a script's end is known by its mark, so nothing it printed is
 * missing when `run` resolves.
 */
import { randomBytes } from 'node:crypto';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { MarkerParser } from './marker-parser.ts';
import { PtyProcess } from './pty-process.ts';

export interface SessionOptions {
  /** Path of assets/helper/session.sh. */
  helper: string;
  /** The shell and what makes it one, e.g. `['/bin/sh']` or `['busybox', 'ash']`. */
  shell: readonly [string, ...string[]];
  folder: string;
  environment: Readonly<Record<string, string>>;
  cols: number;
  rows: number;
}
export interface SessionReady {
  uid: number;
  system: string;
}
interface Running {
  begun: boolean;
  /** Takes what the script says, where that is not for the terminal. */
  take: ((bytes: Buffer) => void) | null;
  resolve(status: number): void;
  reject(error: Error): void;
}

/** Longest line that is sent, in bytes: below every system's MAX_CANON. */
const longestLine = 900;
const startTimeoutMs = 10_000;
const interruptAgainMs = 300;

export class Session {
  private readonly pty: PtyProcess;
  private readonly parser = new MarkerParser();
  private readonly nonce = randomBytes(16).toString('hex');
  private readonly dataListeners: ((bytes: Buffer) => void)[] = [];
  private readonly lostListeners: ((detail: string) => void)[] = [];
  private running: Running | null = null;
  private ready: { resolve(ready: SessionReady): void; reject(error: Error): void } | null = null;
  private leaving = false;

  /** Opens a session; rejects with WrenchbookError `session` when the helper does not answer in 10 s. */
  static async open(options: SessionOptions): Promise<{ session: Session; ready: SessionReady }> {
    const session = new Session(options);
    const ready = await session.waitUntilReady();
    return { session, ready };
  }

  private constructor(options: SessionOptions) {
    const [program, ...args] = options.shell;
    this.pty = new PtyProcess({ ...options, program, args: [...args, options.helper] });
    this.pty.onData((bytes) => this.take(bytes));
    this.pty.onExit(({ status, signal }) => this.ended(signal ? `ended by signal ${signal}` : `ended with status ${status}`));
  }

  /** Bytes for the terminal, in order, without marks. */
  onData(listener: (bytes: Buffer) => void): void {
    this.dataListeners.push(listener);
  }
  /** The session ended without being asked to: power cut, killed shell, lost line. */
  onLost(listener: (detail: string) => void): void {
    this.lostListeners.push(listener);
  }
  get open(): boolean {
    return !this.pty.ended && !this.leaving;
  }
  get pid(): number {
    return this.pty.pid;
  }

  /**
   * Runs a script and resolves with its exit status after all its output was delivered. One at a time.
   * Rejects with WrenchbookError `session` when the session ends first.
   */
  run(script: string): Promise<number> {
    return this.start(script, null);
  }

  /**
   * Runs a script that talks to Wrenchbook: what it prints goes to `take` and neither to the terminal nor into a recording,
   * and nobody's keystrokes but Ctrl-C reach it. Else like `run`.
   */
  runQuietly(script: string, take: (bytes: Buffer) => void): Promise<number> {
    return this.start(script, take);
  }

  /**
   * Bytes for a quiet script, once it has said that it waits for them: in line mode the terminal loses what is longer than a
   * line. Hops act on control characters, and ssh on a `~` after a line break: text without either.
   */
  send(bytes: Buffer): void {
    if (this.running?.begun && this.running.take) this.pty.write(bytes);
  }

  private start(script: string, take: Running['take']): Promise<number> {
    if (!this.open) return Promise.reject(lost('it is closed'));
    if (this.running)
      return Promise.reject(new WrenchbookError('wrong-state', 'A command is still running in this session.', 'Wait for its end or stop it with Ctrl-C.'));
    return new Promise((resolve, reject) => {
      this.running = { begun: false, take, resolve, reject };
      this.pty.write(Buffer.from(encodeScript(this.nonce, script)));
    });
  }

  /** Keystrokes for the command that runs. Dropped while none does: nothing may be typed at the helper. */
  type(data: string): void {
    if (this.running?.begun && !this.running.take) this.pty.write(data);
  }
  /** Ctrl-C. A quiet script is told again until it has ended: between two programs a shell may overhear it, and then wait for ever. */
  interrupt(): void {
    const { running } = this;
    if (!running?.begun) return;
    this.pty.write('\x03');
    if (running.take)
      setTimeout(() => {
        if (this.running === running) this.interrupt();
      }, interruptAgainMs);
  }
  resize(cols: number, rows: number): void {
    this.pty.resize(cols, rows);
  }
  pause(): void {
    this.pty.pause();
  }
  resume(): void {
    this.pty.resume();
  }

  /** Ends the session and everything that runs in it. */
  async close(): Promise<void> {
    if (this.leaving) return;
    this.leaving = true;
    if (!this.running) this.pty.write(`\n${this.nonce} bye\n`);
    await this.pty.endAll();
  }

  private waitUntilReady(): Promise<SessionReady> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.ready?.reject(lost('its shell did not answer within 10 seconds'));
        void this.close();
      }, startTimeoutMs);
      const settled = () => {
        clearTimeout(timer);
        this.ready = null;
      };
      this.ready = {
        resolve: (ready) => {
          settled();
          resolve(ready);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
    });
  }

  private take(bytes: Buffer): void {
    for (const piece of this.parser.feed(bytes)) {
      if (piece.kind === 'mark') this.takeMark(piece.words);
      else if (this.running?.begun && this.running.take) this.running.take(piece.bytes);
      else this.deliver(piece.bytes);
    }
  }

  private takeMark(words: string[]): void {
    const [word, first = '', second = ''] = words;
    if (word === 'hello') {
      this.parser.expectNonce(this.nonce);
      this.pty.write(`${this.nonce}\n`);
    } else if (word === 'ready') {
      this.ready?.resolve({ uid: Number(first), system: second });
    } else if (word === 'begin' && this.running) {
      this.running.begun = true;
    } else if (word === 'end' && this.running) {
      const done = this.running;
      this.running = null;
      done.resolve(Number(first));
    }
  }

  private deliver(bytes: Buffer): void {
    for (const listener of this.dataListeners) listener(bytes);
  }

  private ended(detail: string): void {
    const rest = this.parser.end();
    if (rest.length > 0) this.deliver(rest);
    this.ready?.reject(lost(detail));
    const cut = this.running;
    this.running = null;
    cut?.reject(lost(detail));
    if (!this.leaving) for (const listener of this.lostListeners) listener(detail);
  }
}

const lost = (detail: string) =>
  new WrenchbookError(
    'session',
    `The terminal session was lost: ${detail}.`,
    'Find out in which state the machine is, then open the run again and decide at the step that was cut off.',
  );

/** A script as lines for the helper: each below MAX_CANON, `+` continues a line, `=` ends one. */
function encodeScript(nonce: string, script: string): string {
  const lines = script.split('\n').flatMap((line) => {
    const pieces = splitByBytes(line, longestLine);
    return pieces.map((piece, index) => (index === pieces.length - 1 ? `=${piece}` : `+${piece}`));
  });
  // The first line break ends whatever was left over on the line.
  return ['', `${nonce} run`, ...lines, `${nonce} end`, ''].join('\n');
}

/** Pieces of at most `limit` UTF-8 bytes, never inside a character; at least one piece. */
function splitByBytes(line: string, limit: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let size = 0;
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > limit) {
      pieces.push(piece);
      piece = '';
      size = 0;
    }
    piece += character;
    size += bytes;
  }
  return [...pieces, piece];
}
