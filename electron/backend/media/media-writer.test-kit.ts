/** Runs the media writer as a run does, and reads what it says. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { writerPrelude } from './writer-program.ts';

export interface Written {
  status: number | null;
  /** What it printed, one line each, without the lines that are written over. */
  lines: string[];
  /** All of it. */
  raw: string;
}

/** `sh` with the function in front; `words` are its arguments. */
export function startWriter(words: readonly string[], environment: NodeJS.ProcessEnv = process.env): { child: ChildProcess; ended: Promise<Written> } {
  // Ctrl-C is the program's: a session's shell goes on after it.
  const child = spawn('/bin/sh', ['-c', `${writerPrelude(path.resolve('assets'))}trap : INT; wbmedia "$@"`, 'sh', ...words], {
    env: environment,
    detached: true, // a group of its own, as a terminal gives it
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let raw = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (raw += bytes.toString()));
  const ended = new Promise<Written>((resolve) => child.once('close', (status) => resolve({ status, lines: linesOf(raw), raw })));
  return { child, ended };
}
export const runWriter = (words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Written> => startWriter(words, environment).ended;

const linesOf = (raw: string) =>
  raw
    .split('\n')
    .map((line) => (line.split('\r').at(-1) ?? '').replaceAll('\x1b[K', ''))
    .filter((line) => line !== '');

/** Why there are no loop devices here; null where there are. */
export const whyNoLoop: string | null = (() => {
  try {
    if (process.platform !== 'linux') return 'loop devices are Linux’s';
    if (process.getuid?.() !== 0) return 'loop devices need root';
    execFileSync('losetup', ['-f'], { stdio: 'pipe' });
    return null;
  } catch (thrown) {
    return (thrown as Error).message.split('\n')[0] ?? 'losetup failed';
  }
})();

/** Makes a loop device of a file. */
export const attachLoop = (file: string, ...options: string[]): string =>
  execFileSync('losetup', ['-f', '--show', ...options, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
export const detachLoop = (device: string): void => void execFileSync('losetup', ['-d', device], { stdio: 'pipe' });

/** The identity of a loop device, as the writer's words. */
export const loopIdentity = (file: string, bytes: number): string[] => ['--model', `image ${path.basename(file)}`, '--bytes', String(bytes)];
