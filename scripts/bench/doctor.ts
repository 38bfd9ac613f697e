/** Part 13: a check-up over ssh on loopback: 100 probes in one go, and what one that hangs costs. */
import { ScratchMachine, whyNoScratchMachine } from '../../electron/backend/real/scratch-machine.test-kit.ts';
import { startHost } from './host/host-process.ts';
import { against, median, table } from './table.ts';
import type { Surroundings } from './throughput.ts';

const probes = 100;
/** Seconds: of the check-up, and of one probe, which may have that in addition. */
const goals = { whole: 10, each: 10 };

export async function doctor({ rounds, say }: Surroundings): Promise<string> {
  if (whyNoScratchMachine) return `A check-up over ssh is left out: ${whyNoScratchMachine}.`;
  const machine = await ScratchMachine.start();
  machine.know();
  const host = startHost();
  try {
    const rows: string[][] = [];
    for (const hanging of [0, 1, 4]) {
      const times = await host.doctorTimes(machine.configFile, probes, hanging, hanging === 0 ? rounds : 1);
      const seconds = median(times.whole) / 1000;
      say(`${probes} probes, ${hanging} hang: ${seconds.toFixed(2)} s, ${times.answered} answered`);
      rows.push([
        `${probes} probes, ${hanging} of them hang`,
        against(seconds, '≤', hanging === 0 ? goals.whole : goals.whole + goals.each, 2),
        (median(times.probes) / 1000).toFixed(2),
        (median(times.probes) / probes).toFixed(1),
        `${times.answered} of ${probes - hanging}`,
        `${(times.script / 1024).toFixed(0)} KiB`,
      ]);
    }
    return table(['A check-up over ssh on loopback', 'whole, s', 'of it probes, s', 'ms a probe', 'answered', 'sent'], rows);
  } finally {
    host.stop();
    await machine.stop();
  }
}
