/** A scripted crossflash run in a process of its own that is ended at a chosen moment, and what a power loss then leaves. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Phase = 'before' | 'torn' | 'written' | 'synced';
export type Moment = { write: number; phase: Phase } | { afterMs: number };
type Note = { created: string } | { synced: string; size: number } | { renamed: string; to: string } | { folderSynced: string };

export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  ms: number;
}
const command = path.resolve('out/main/cli.cjs');
const killPoints = path.join(import.meta.dirname, 'kill-points.cjs');

/** One data folder that is killed and taken up again. */
export class CrashSite {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-crash-'));
  readonly data = path.join(this.folder, 'data');
  private readonly notes = path.join(this.folder, 'notes');
  private readonly program: string;

  /** `program`: a bundled one instead of the terminal command. */
  constructor(program = command) {
    this.program = program;
  }

  /** Runs the program; ended at the moment, where one is given. */
  async command(args: readonly string[], moment?: Moment): Promise<Ended> {
    const from = performance.now();
    const fault = moment && 'write' in moment ? { FAULT_AT: String(moment.write), FAULT_PHASE: moment.phase } : {};
    const child = spawn(process.execPath, ['--require', killPoints, this.program, ...args], {
      env: {
        ...process.env,
        WRENCHBOOK_DATA: this.data,
        WRENCHBOOK_LAB_SPEED: '0',
        FAULT_NOTES: this.notes,
        NODE_PATH: path.resolve('node_modules'),
        ...fault,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = moment && 'afterMs' in moment ? setTimeout(() => child.kill('SIGKILL'), moment.afterMs) : undefined;
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => (texts.stdout += data));
    child.stderr.on('data', (data) => (texts.stderr += data));
    return new Promise((resolve) =>
      child.on('close', (status, signal) => {
        clearTimeout(timer);
        resolve({ status, signal, ...texts, ms: performance.now() - from });
      }),
    );
  }

  /** Folders of runs that were ever there for others to see. */
  get runIds(): string[] {
    const runs = path.join(this.data, 'runs');
    return existsSync(runs) ? readdirSync(runs).filter((name) => !name.startsWith('.')) : [];
  }

  /** Bytes of the run's journal that were on disk before the end: everything in them was acknowledged or about to be. */
  get syncedJournalBytes(): number {
    return Math.max(0, ...this.readNotes().flatMap((note) => ('synced' in note && note.synced.endsWith('journal.jsonl') ? [note.size] : [])));
  }

  /** Takes away what was not on disk: bytes after the last fsync, files and new names of folders that were not synced. */
  losePower(): void {
    const synced = new Map<string, number>();
    let unnamed = new Map<string, string | null>(); // file or folder, and its name before
    for (const note of this.readNotes()) {
      if ('created' in note) unnamed.set(note.created, null);
      else if ('synced' in note) synced.set(note.synced, note.size);
      else if ('folderSynced' in note) unnamed = new Map([...unnamed].filter(([name]) => path.dirname(name) !== note.folderSynced));
      else {
        const moved = (name: string) => (name.startsWith(`${note.renamed}/`) ? note.to + name.slice(note.renamed.length) : name);
        for (const [name, size] of [...synced]) {
          synced.delete(name);
          synced.set(moved(name), size);
        }
        unnamed = new Map([...unnamed].map(([name, before]) => [moved(name), before]));
        unnamed.set(note.to, note.renamed);
      }
    }
    for (const runId of this.runIds) {
      for (const name of ['journal.jsonl', 'recording.cast']) {
        const file = path.join(this.data, 'runs', runId, name);
        if (!existsSync(file)) continue;
        if (unnamed.has(file)) rmSync(file);
        else if (statSync(file).size > (synced.get(file) ?? 0)) truncateSync(file, synced.get(file) ?? 0);
      }
    }
    for (const [name, before] of unnamed) if (before !== null && existsSync(name)) renameSync(name, before);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private readNotes(): Note[] {
    if (!existsSync(this.notes)) return [];
    const whole = readFileSync(this.notes, 'utf8').split('\n').slice(0, -1);
    return whole.map((line) => JSON.parse(line) as Note);
  }
}
