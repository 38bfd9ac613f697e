/** Part 7: how fast a file of random bytes goes through the session, in each shell there is. */
import { spawnSync } from 'node:child_process';
import { startHost } from './host/host-process.ts';
import { against, median, table } from './table.ts';
import type { Surroundings } from './throughput.ts';

const shells: readonly (readonly [string, ...string[]])[] = [['dash'], ['bash'], ['ksh93'], ['zsh'], ['busybox', 'ash']];
const target = 20;

export async function files({ quick, rounds, say }: Surroundings): Promise<string> {
  const host = startHost();
  const bytes = quick ? 1024 * 1024 : 8 * 1024 * 1024;
  const rows: string[][] = [];
  for (const shell of shells) {
    const name = shell.join(' ');
    if (spawnSync('sh', ['-c', `command -v ${shell[0]}`]).status !== 0) {
      say(`${name} is left out: it is not installed`);
      continue;
    }
    const { write, read } = await host.fileTimes(shell, bytes, rounds);
    const speed = (times: number[]) => against(bytes / 1e3 / median(times), '≥', target, 1);
    rows.push([name, speed(write), speed(read)]);
    say(`${name}: ${rows.at(-1)?.slice(1).join(', ')}`);
  }
  host.stop();
  return table([`A file of ${bytes / 1024 / 1024} MiB through the session`, 'written, MB/s', 'read, MB/s'], rows);
}
