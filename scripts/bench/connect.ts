/** Part 8: a target over ssh on loopback: how long it takes to get there and to run a step, and how fast a file goes. */
import { ScratchMachine, whyNoScratchMachine } from '../../electron/backend/real/scratch-machine.test-kit.ts';
import { startHost } from './host/host-process.ts';
import { against, median, percentile, table } from './table.ts';
import type { Surroundings } from './throughput.ts';

const goals = { first: 1.3, stepMs: 10, megabytes: 20 };

export async function connect({ quick, rounds, say }: Surroundings): Promise<string> {
  if (whyNoScratchMachine) return `A target over ssh is left out: ${whyNoScratchMachine}.`;
  const machine = await ScratchMachine.start();
  machine.know();
  const host = startHost();
  try {
    const { command, first, step } = await host.connectTimes(machine.configFile, quick ? 3 : 15, 20);
    say(
      `ssh host true: ${median(command).toFixed(0)} ms; connected and first step: ${median(first).toFixed(0)} ms; each further step: ${median(step).toFixed(1)} ms`,
    );
    const bytes = quick ? 1024 * 1024 : 8 * 1024 * 1024;
    const { write, read } = await host.fileTimes(['sh'], bytes, rounds, machine.configFile);
    const speed = (times: number[]) => against(bytes / 1e3 / median(times), '≥', goals.megabytes, 1);
    return [
      table(
        ['Over ssh on loopback', 'p50, ms', 'p95, ms', 'goal'],
        [
          ['a new ssh host true', median(command).toFixed(0), percentile(command, 0.95).toFixed(0), ''],
          [
            'connecting, facts, first step',
            median(first).toFixed(0),
            percentile(first, 0.95).toFixed(0),
            `× ${against(median(first) / median(command), '≤', goals.first, 2)}`,
          ],
          ['each further step', median(step).toFixed(1), percentile(step, 0.95).toFixed(1), `${against(median(step), '<', goals.stepMs, 1)}`],
        ],
      ),
      table([`A file of ${bytes / 1024 / 1024} MiB over ssh`, 'written, MB/s', 'read, MB/s'], [['sh', speed(write), speed(read)]]),
    ].join('\n\n');
  } finally {
    host.stop();
    await machine.stop();
  }
}
