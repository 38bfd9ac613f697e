/** How a pseudo-terminal is used on Windows: node-pty is played here, as its Windows half behaves by its source (lib/windowsTerminal.js). */
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

class PlayedTerminal {
  pid = 0;
  written: (string | Buffer)[] = [];
  killed = 0;
  ended = false;
  private readonly data: ((text: string) => void)[] = [];
  private readonly exit: ((end: { exitCode: number; signal?: number }) => void)[] = [];
  onData = (listener: (text: string) => void) => void this.data.push(listener);
  onExit = (listener: (end: { exitCode: number }) => void) => void this.exit.push(listener);
  write = (bytes: string | Buffer) => void this.written.push(bytes);
  kill = (signal?: string) => {
    if (signal) throw new Error('Signals not supported on windows.');
    this.killed += 1;
    setTimeout(() => this.end(0), 30);
  };
  resize = () => {
    if (this.ended) throw new Error('Cannot resize a pty that has already exited');
  };
  show(text: string) {
    for (const listener of this.data) listener(text);
  }
  end(exitCode: number) {
    this.ended = true;
    for (const listener of this.exit) listener({ exitCode });
  }
}

const spawned: { options: Record<string, unknown>; terminal: PlayedTerminal }[] = [];
vi.mock('node-pty', () => ({
  spawn: (_program: string, _args: string[], options: Record<string, unknown>) => {
    const terminal = new PlayedTerminal();
    spawned.push({ options, terminal });
    return terminal;
  },
}));

const { platform } = process;
Object.defineProperty(process, 'platform', { value: 'win32' });
const { PtyProcess } = await import('./pty-process.ts');
afterAll(() => Object.defineProperty(process, 'platform', { value: platform }));
beforeEach(() => void spawned.splice(0));

function start() {
  const pty = new PtyProcess({ program: 'wsl.exe', args: [], folder: '/', environment: {}, cols: 80, rows: 24 });
  const made = spawned.at(-1);
  if (!made) throw new Error('Nothing was started');
  const seen: (Buffer | string)[] = [];
  pty.onData((bytes) => seen.push(bytes));
  pty.onExit(({ status }) => seen.push(`status ${status}`));
  return { pty, seen, ...made };
}

describe('PtyProcess on Windows', () => {
  it('takes the ConPTY that keeps the order of text and sequences', () => {
    expect(start().options).toMatchObject({ useConptyDll: true });
  });

  it('gives bytes, answers ConPTY, and gives what was held back before the end', () => {
    const { terminal, seen } = start();
    terminal.show('\x1b[?9001h\x1b[cgrüße');
    terminal.show(' 🛠\x1b');
    expect(Buffer.concat(seen as Buffer[]).toString()).toBe('\x1b[?9001hgrüße 🛠\x1b');
    expect(terminal.written).toEqual(['\x1b[?61;22c']);
    const other = start();
    other.terminal.show('a\x1b');
    other.terminal.end(3);
    expect(other.seen).toEqual([Buffer.from('a'), Buffer.from('\x1b'), 'status 3']);
  });

  it('ends everything by closing the console, without a signal to a process id that may be 0', async () => {
    const kill = vi.spyOn(process, 'kill');
    const { pty, terminal } = start();
    expect(pty.pid).toBe(0);
    await pty.endAll(100);
    expect(terminal.killed).toBe(1);
    expect(pty.ended).toBe(true);
    await pty.endAll(100);
    expect(terminal.killed).toBe(1);
    expect(kill).not.toHaveBeenCalled();
    kill.mockRestore();
  });

  it('takes a change of size that comes between the end and its last output', () => {
    const { pty, terminal } = start();
    terminal.ended = true;
    expect(() => pty.resize(100, 30)).not.toThrow();
  });
});
