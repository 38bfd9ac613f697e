/** Part 4: what the session helper adds to a command. */
import { startHost } from './host/host-process.ts';
import { against, percentile, table } from './table.ts';
import type { Surroundings } from './throughput.ts';

export async function steps({ quick }: Surroundings): Promise<string> {
  const host = startHost();
  const times = (await host.stepTimes(quick ? 120 : 520)).slice(20); // the first ones warm up
  host.stop();
  return table(
    ['Step round trip (true), ms', 'p50', 'p95'],
    [[`${times.length} steps`, against(percentile(times, 0.5), '<', 5, 2), percentile(times, 0.95).toFixed(2)]],
  );
}
