/** Part 1: how fast a flood goes through, beside the ceiling and the peers, one after the other within each round. */
import path from 'node:path';
import { showFromMemory, showRun } from './bench-page.ts';
import type { Browser } from './browser.ts';
import { type HostProcess, startHost } from './host/host-process.ts';
import { type Load, type LoadKind, prepareLoad } from './loads.ts';
import type { PageServer } from './page-server.ts';
import type { Peer } from './peers/peer.ts';
import { pourScript, readyText, warmText } from './pour-script.ts';
import { timePour } from './pour-watch.ts';
import { against, median, table } from './table.ts';

const targets: Record<LoadKind, { ceiling: number; ttyd: number; wetty: number }> = {
  plain: { ceiling: 0.85, ttyd: 1.1, wetty: 1.5 },
  coloured: { ceiling: 0.85, ttyd: 1.5, wetty: 3 },
  repaint: { ceiling: 0.8, ttyd: 1.5, wetty: 3 },
};
export interface Surroundings {
  browser: Browser;
  pages: PageServer;
  quick: boolean;
  /** Only this load; all where it is missing. */
  load: string | undefined;
  rounds: number;
  say(line: string): void;
}
/** Three times what the slowest peer was seen to take for the largest load. */
const peerTimeoutMs = 60_000;
/** Pours a load; the milliseconds it took. */
type Way = (load: Load) => Promise<number>;

export async function throughput({ browser, pages, quick, load: only, rounds, say }: Surroundings, peers: readonly Peer[]): Promise<string> {
  const ways: Record<string, Way> = {
    product: (load) => pourThroughProduct(browser, pages, load),
    'no page': pourWithoutPage,
    ceiling: (load) =>
      browser.withPage(pages.url, async (page) => {
        await showFromMemory(page, `/loads/${path.basename(load.file)}`);
        return (await timePour(page)).ms;
      }),
    ...Object.fromEntries(peers.map((peer): [string, Way] => [peer.name, (load) => pourThroughPeer(browser, peer, load)])),
  };
  const rows: string[][] = [];
  for (const kind of Object.keys(targets) as LoadKind[]) {
    if (only !== undefined && only !== kind) continue;
    const load = prepareLoad(kind, quick);
    const speeds: Record<string, number[]> = {};
    for (let round = 1; round <= rounds; round++) {
      for (const [name, way] of Object.entries(ways)) {
        const speed = load.bytes / 1000 / (await way(load));
        speeds[name] = [...(speeds[name] ?? []), speed];
        say(`${load.title}, round ${round}, ${name}: ${Number.isNaN(speed) ? 'stalled for good, this round does not count' : `${speed.toFixed(1)} MB/s`}`);
      }
    }
    const speed = (name: string) => median(reached(speeds[name] ?? []));
    const ratio = (name: string) => median(reached((speeds.product ?? []).map((value, round) => value / (speeds[name]?.[round] ?? Number.NaN))));
    rows.push([
      load.title,
      ...['product', 'ceiling', 'ttyd', 'wetty', 'no page'].map((name) => (Number.isNaN(speed(name)) ? '–' : speed(name).toFixed(1))),
      against(ratio('ceiling'), '≥', targets[kind].ceiling, 2),
      against(ratio('ttyd'), '≥', targets[kind].ttyd, 2),
      against(ratio('wetty'), '≥', targets[kind].wetty, 2),
    ]);
  }
  return table(['Throughput, MB/s', 'product', 'ceiling', 'ttyd', 'wetty', 'no page', 'of the ceiling', '× ttyd', '× wetty'], rows);
}

/** Script to screen by the product's own way, with recording and journal, or `bare` of them. Milliseconds. */
export async function pourThroughProduct(browser: Browser, pages: PageServer, load: Load, way: 'kept' | 'bare' = 'kept'): Promise<number> {
  const host = startHost();
  const runId = await host.start(pourScript(load.file), way);
  const port = await host.listen();
  const { ms } = await browser.withPage(pages.url, async (page) => {
    await showRun(page, port, runId);
    return timePour(page);
  });
  await host.end(runId);
  host.stop();
  return ms;
}

/** As a run does whose window is closed: read, recorded, and shown to nobody. */
async function pourWithoutPage(load: Load): Promise<number> {
  const host = startHost();
  const runId = await host.start(pourScript(load.file));
  await pressEnterWarm(host, runId);
  const from = performance.now();
  await host.type(runId, '\r');
  await host.settled(runId);
  const ms = performance.now() - from;
  await host.end(runId);
  host.stop();
  return ms;
}

/** Brings a run without a page to where the next Enter pours all. */
export async function pressEnterWarm(host: HostProcess, runId: string): Promise<void> {
  await host.printed(runId, readyText);
  await host.type(runId, '\r');
  await host.printed(runId, warmText);
}

/** NaN where the peer stalls: wetty's own flow control comes to rest for good in some of its pours of the repaint load. */
async function pourThroughPeer(browser: Browser, peer: Peer, load: Load): Promise<number> {
  const server = await peer.start(load);
  const stalled = new Promise<number>((resolve) => setTimeout(() => resolve(Number.NaN), peerTimeoutMs).unref());
  try {
    return await browser.withPage(server.url, (page) => Promise.race([timePour(page).then(({ ms }) => ms), stalled]));
  } finally {
    server.stop();
  }
}

const reached = (values: readonly number[]) => values.filter((value) => !Number.isNaN(value));
