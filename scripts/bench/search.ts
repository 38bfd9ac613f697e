/** Part 6: finding something in ten thousand runs, asked as the backend asks. */
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { History } from '../../electron/backend/history/history.ts';
import { searchRuns } from './search-runs.ts';
import { against, percentile, table } from './table.ts';
import type { Surroundings } from './throughput.ts';
import { builtHistoryWorker } from './workspace.ts';

const queries: [what: string, text: string, filters: { host?: string; outcome?: 'failed' }][] = [
  ['all runs, newest first', '', {}],
  ['all runs of a host that failed', '', { host: 'web1.example', outcome: 'failed' }],
  ['one address', '5782bcb-0-333bd8', {}],
  ['a word all runs have', 'erase', {}],
  ['the beginning of a word', 'fi', {}],
  ['three common words', 'mptsas2 fault firm', {}],
  ['a phrase', '"adapter timeout"', {}],
  ['a common word, filtered', 'Lüfter', { host: 'storage-münchen', outcome: 'failed' }],
  ['nothing', 'nowhere-to-be-found', {}],
];

export async function search({ quick, say }: Surroundings): Promise<string> {
  const count = quick ? 1000 : 10_000;
  say(`${count} runs are made, unless they are there`);
  const dataFolder = await searchRuns(count);
  rmSync(path.join(dataFolder, 'index'), { recursive: true, force: true });
  const history = new History({ dataFolder, historyWorker: builtHistoryWorker, log: say, openRuns: () => [] });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  const first = performance.now();
  let result = await history.search({ text: '', limit: 25, offset: 0 });
  const firstMs = performance.now() - first;
  const whileBuilding: number[] = [];
  while (result.indexed < result.of) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const asked = performance.now();
    result = await history.search({ text: 'erase', limit: 25, offset: 0 });
    whileBuilding.push(performance.now() - asked);
  }
  const built = (performance.now() - begun) / 1000;
  const blocked = delay.max / 1e6;
  const rows: string[][] = [];
  for (const [what, text, filters] of queries) {
    const times: number[] = [];
    for (let round = 0; round < (quick ? 10 : 30); round++) {
      const asked = performance.now();
      result = await history.search({ text, ...filters, limit: 25, offset: 0 });
      times.push(performance.now() - asked);
    }
    rows.push([`${what}: ${text || '–'}`, String(result.total), percentile(times, 0.5).toFixed(1), against(percentile(times, 0.95), '≤', 200, 1)]);
  }
  const listTimes: number[] = [];
  delay.reset();
  for (let round = 0; round < 5; round++) {
    const asked = performance.now();
    await history.list();
    listTimes.push(performance.now() - asked);
  }
  rows.push(['runs.list, all of them', String(count), percentile(listTimes, 0.5).toFixed(1), percentile(listTimes, 0.95).toFixed(1)]);
  const blockedByList = delay.max / 1e6;
  await history.close();
  const size = statSync(path.join(dataFolder, 'index', 'runs.sqlite')).size / 1024 / 1024;
  return [
    table([`Search in ${count} runs, ms`, 'found', 'p50', 'p95'], rows),
    '',
    `Index from nothing: ${built.toFixed(1)} s, ${size.toFixed(0)} MiB; first answer after ${firstMs.toFixed(0)} ms, while it is built p95 ${percentile(whileBuilding, 0.95).toFixed(0)} ms.`,
    `Longest pause of the backend's own thread meanwhile: ${blocked.toFixed(1)} ms; in runs.list: ${blockedByList.toFixed(1)} ms.`,
  ].join('\n');
}
