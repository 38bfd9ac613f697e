/** Part 2b: how soon Ctrl-C stops a flood, and how much of one waits on its way to the screen. */
import { showRun } from './bench-page.ts';
import { type HostProcess, startHost } from './host/host-process.ts';
import { prepareLoad } from './loads.ts';
import { stoppableFloods } from './pour-script.ts';
import { against, median, percentile, table } from './table.ts';
import type { Surroundings } from './throughput.ts';

const mostMs = 100;
const mostWaiting = 1000;
/** Of a terminal: what n_tty and the buffer before it hold in Linux. */
const kernelBytes = 12 * 1024;

export async function flood({ browser, pages, quick, say }: Surroundings): Promise<string> {
  const load = prepareLoad('plain', quick);
  const times = quick ? 5 : 25;
  const host = startHost();
  const port = await host.listen();
  const runId = await host.start(stoppableFloods(load.file, times));
  const stops: number[] = [];
  await browser.withPage(pages.url, async (page) => {
    await showRun(page, port, runId);
    for (let flooded = 0; flooded < times; flooded++) {
      await pauseFor(400 + ((flooded * 37) % 101)); // until the next flood is at its full height
      const pressedAt = Date.now();
      await page.press('Ctrl-C');
      stops.push((await stoppedAt(host, runId, flooded)) - pressedAt);
    }
  });
  const waiting = ((await host.mostUnread(runId)) + kernelBytes) / 1000;
  host.stop();
  say(`Ctrl-C to the end of the flood: ${stops.map((ms) => ms.toFixed(0)).join(' ')} ms`);
  return [
    table(
      ['Ctrl-C under a flood, ms', 'p50', 'p95', 'worst'],
      [['until its program is told', median(stops).toFixed(0), percentile(stops, 0.95).toFixed(0), against(Math.max(...stops), '≤', mostMs, 0)]],
    ),
    table(['A flood on its way to the screen', 'waits at most, KB'], [['kernel, backend and page', against(waiting, '≤', mostWaiting, 0)]]),
  ].join('\n\n');
}

/** When the flood with this number ended; in milliseconds since 1970. Rejects after ten seconds. */
async function stoppedAt(host: HostProcess, runId: string, number: number): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const made = await host.madeInLab(runId, `stopped-${number}`);
    if (made !== null) return made;
    await pauseFor(10);
  }
  throw new Error('Ctrl-C did not stop the flood within ten seconds.');
}

const pauseFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
