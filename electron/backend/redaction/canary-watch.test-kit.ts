/** A process of its own that looks for canaries all the time, and a look at everything that is left in a folder. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundleProgram } from '../faults/child-program.test-kit.ts';

export class CanaryWatch {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly program: string;
  private said = '';

  /** Resolves once it looks. `folders`: files below them are looked at too. */
  static async start(canaries: readonly string[], folders: readonly string[]): Promise<CanaryWatch> {
    const watch = new CanaryWatch(await bundleProgram(path.resolve('electron/backend/redaction/canary-watch.test-program.ts')));
    watch.child.stdin.write(`${JSON.stringify({ canaries, folders })}\n`);
    await watch.says(/watching\n/);
    return watch;
  }

  private constructor(program: string) {
    this.program = program;
    this.child = spawn(process.execPath, [program], { stdio: 'pipe' });
    this.child.stdout.on('data', (bytes) => {
      this.said += bytes;
    });
  }

  /** Where they were seen, and how often it looked. */
  async stop(): Promise<{ found: string[]; looks: number }> {
    this.child.stdin.write('stop\n');
    await this.says(/looks \d+\n/);
    rmSync(path.dirname(this.program), { recursive: true, force: true });
    return { found: [...this.said.matchAll(/^found (.*)$/gm)].map(([, place = '']) => place), looks: Number(/looks (\d+)/.exec(this.said)?.[1]) };
  }

  private says(wanted: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!wanted.test(this.said)) return;
        this.child.stdout.off('data', look);
        resolve();
      };
      this.child.stdout.on('data', look);
      this.child.once('exit', () => reject(new Error(`The watch ended: ${this.said}`)));
      look();
    });
  }
}

/** Files below a folder in which a canary stands, as it is, in JSON strings put together, in base64 or in hex. */
export function filesWith(canaries: readonly string[], folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const readings = readingsOf(readFileSync(file, 'latin1'));
      return canaries.some((canary) => readings.some((text) => text.includes(canary)));
    });
}
function readingsOf(raw: string): string[] {
  const joined = raw.split('\n').flatMap((line) => (/^[[{].*[\]}]$/.test(line) ? stringsOf(parsed(line)) : [line]));
  const base64 = [...raw.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)].map(([word]) => Buffer.from(word, 'base64').toString('latin1'));
  const hex = [...raw.matchAll(/(?:[0-9a-f]{2}[ :]?){8,}/gi)].map(([word]) => Buffer.from(word.replace(/[^0-9a-f]/gi, ''), 'hex').toString('latin1'));
  return [raw, joined.join(''), ...base64, ...hex];
}
const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
};
const stringsOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
