/** Part 2: from a key's press to its echo on the screen. */
import { awaitEcho, echo, showRun } from './bench-page.ts';
import type { Page } from './browser.ts';
import { startHost } from './host/host-process.ts';
import { prepareLoad } from './loads.ts';
import { floodScript, idleScript } from './pour-script.ts';
import { against, median, percentile, table } from './table.ts';
import type { Surroundings } from './throughput.ts';

export async function latency({ browser, pages, quick, say }: Surroundings): Promise<string> {
  const flood = floodScript(prepareLoad('plain', quick).file);
  const keys = quick ? 25 : 100;
  const rows: string[][] = [];
  const cases = [
    { title: 'idle', scripts: [idleScript], target: 16 },
    { title: 'in a flooded terminal', scripts: [flood], target: 60 },
    { title: 'beside a flooded terminal', scripts: [flood, idleScript], target: 60 },
  ];
  for (const { title, scripts, target } of cases) {
    const host = startHost();
    const port = await host.listen();
    const times = await browser.withPage(pages.url, async (page) => {
      for (const script of scripts) {
        const runId = await host.start(script);
        await showRun(page, port, runId);
      }
      await pauseFor(1500); // until the flood is at its full height
      return pressKeys(page, keys);
    });
    host.stop();
    say(`key to echo, ${title}: ${times.map((ms) => ms.toFixed(0)).join(' ')} ms`);
    rows.push([title, median(times).toFixed(0), against(percentile(times, 0.95), '≤', target, 0), Math.max(...times).toFixed(0)]);
  }
  return table(['Key to echo on screen, ms', 'p50', 'p95', 'worst'], rows);
}

/** Presses at uneven moments, so that they do not keep step with the drawing. */
async function pressKeys(page: Page, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let pressed = 0; pressed < count; pressed++) {
    await awaitEcho(page);
    await pauseFor(60 + ((pressed * 37) % 101));
    await page.press('~');
    times.push(await echo(page));
  }
  return times;
}

const pauseFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
