/**
 * Finds everything a session's program started: its descendants, and what left the family (a daemon, `setsid`) but still
 * carries the session's mark in its environment. The mark is readable on Linux only; elsewhere such a process stays.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const variable = 'WRENCHBOOK_SESSION';

/** An environment entry that marks all processes of one session; it holds no secret. */
export const newSessionMark = (): Record<string, string> => ({ [variable]: randomUUID() });

/** Process ids that belong to the session, without the leader. */
export async function processFamily(leader: number, mark: Readonly<Record<string, string>>): Promise<number[]> {
  const found = new Set([...(await descendants(leader)).map(({ pid }) => pid), ...(await marked(`${variable}=${mark[variable]}`))]);
  found.delete(leader);
  found.delete(process.pid);
  return [...found];
}

/** The descendant that runs this program and is nearest to the root; undefined where there is none. */
export const outermost = async (root: number, name: string): Promise<number | undefined> =>
  (await descendants(root)).find(({ program }) => path.basename(program) === name)?.pid;

/** Nearest first. */
async function descendants(root: number): Promise<{ pid: number; program: string }[]> {
  const listing = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,comm='], { env: { PATH: process.env.PATH ?? '/usr/bin:/bin' } }).catch(() => ({
    stdout: '',
  }));
  const children = new Map<number, { pid: number; program: string }[]>();
  for (const line of listing.stdout.split('\n')) {
    const [pid = '', parent = '', ...program] = line.trim().split(/\s+/);
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), { pid: Number(pid), program: program.join(' ') }]);
  }
  const found = [...(children.get(root) ?? [])];
  for (const { pid } of found) found.push(...(children.get(pid) ?? []));
  return found;
}

async function marked(entry: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const hits = await Promise.all(
    pids.map(async (pid) => ((await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')).split('\0').includes(entry) ? [pid] : [])),
  );
  return hits.flat();
}

/** Whether a process still runs. One that has ended and that nobody has waited for yet does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'; // it runs, as somebody else
  }
  if (process.platform !== 'linux') return true;
  const state = statFields(pid)[0];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** When a process began, in ticks since the machine did; tells it from a later one with the same id. Linux only, else null. */
export const startTicks = (pid: number): string | null => statFields(pid)[19] ?? null;

/** Names the time since the machine was last started; Linux only, else null. */
export function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return null;
  }
}

/** Fields of /proc/PID/stat from the third (state) on; proc(5). */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
