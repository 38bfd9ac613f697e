/** Whether the Ansible of an attempt still runs, after the Wrenchbook that started it has ended. */
import { readdirSync, readFileSync } from 'node:fs';
import { bootId, isRunning, startTicks } from '../../sessions/process-family.ts';

export const runVariable = 'WRENCHBOOK_FLEET_RUN';

interface Noted {
  pid: number;
  started: string | null;
  boot: string | null;
}

/** Ids of its processes: the one that was noted, and on Linux all that carry the run's mark (its forks). Empty: it is known to be gone. */
export function outlivingPids(runId: string, noted: Noted | null): number[] {
  const found = new Set(marked(runId));
  if (noted && (noted.boot === null || noted.boot === bootId()) && isRunning(noted.pid) && startTicks(noted.pid) === noted.started) found.add(noted.pid);
  return [...found];
}

function marked(runId: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      if (!readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(`${runVariable}=${runId}`)) return [];
      // A shared connection of ssh stays for a minute and does nothing by itself.
      return /ansible-playbook/.test(readFileSync(`/proc/${name}/cmdline`, 'latin1')) && isRunning(Number(name)) ? [Number(name)] : [];
    } catch {
      return []; // gone meanwhile, or somebody else's
    }
  });
}

export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // gone
    }
  }
}
