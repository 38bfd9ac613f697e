/** Part 3: whether the main side stays small while a gigabyte goes through it. */
import { showRun } from './bench-page.ts';
import { type HostProcess, startHost } from './host/host-process.ts';
import { prepareLoad } from './loads.ts';
import { pourScript } from './pour-script.ts';
import { timePour } from './pour-watch.ts';
import { against, table } from './table.ts';
import { pressEnterWarm, type Surroundings } from './throughput.ts';

const target = 150;
const times = 10;

export async function memory({ browser, pages, quick, say }: Surroundings): Promise<string> {
  const load = prepareLoad('plain', quick);
  const script = pourScript(load.file, times);
  const attached = await grownBy(async (host, base) => {
    const runId = await host.start(script);
    const port = await host.listen();
    await browser.withPage(pages.url, async (page) => {
      await showRun(page, port, runId);
      await base();
      await timePour(page);
    });
    return runId;
  });
  say(`memory with a page: ${attached.toFixed(0)} MB`);
  const alone = await grownBy(async (host, base) => {
    const runId = await host.start(script);
    await pressEnterWarm(host, runId);
    await base();
    await host.type(runId, '\r');
    await host.settled(runId);
    return runId;
  });
  say(`memory without a page: ${alone.toFixed(0)} MB`);
  return table(
    [`Main side's memory over its base, ${(load.bytes * times) / 1e9} GB of output`, 'highest, MB'],
    [
      ['a page attached', against(attached, '<', target, 0)],
      ['no page attached', against(alone, '<', target, 0)],
    ],
  );
}

/** Megabytes between the moment `base` is called and the process's highest ever, as the system counts it. */
async function grownBy(pour: (host: HostProcess, base: () => Promise<void>) => Promise<string>): Promise<number> {
  const host = startHost();
  let before = 0;
  const runId = await pour(host, async () => {
    before = (await host.memory()).now;
  });
  const { peak } = await host.memory();
  await host.end(runId);
  host.stop();
  return (peak - before) / 1e6;
}
