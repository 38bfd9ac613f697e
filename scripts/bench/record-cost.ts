/** Part 8: what keeping a record costs: the same pour with journal, recording and digests, and with nothing kept. */
import { prepareLoad } from './loads.ts';
import { against, median, table } from './table.ts';
import { pourThroughProduct, type Surroundings } from './throughput.ts';

/** Share of the throughput, in percent. */
const target = 5;

export async function recordCost({ browser, pages, quick, load: only, rounds, say }: Surroundings): Promise<string> {
  const rows: string[][] = [];
  for (const kind of ['plain', 'coloured', 'repaint'] as const) {
    if (only !== undefined && only !== kind) continue;
    const load = prepareLoad(kind, quick);
    const speeds: { kept: number[]; bare: number[] } = { kept: [], bare: [] };
    for (let round = 1; round <= rounds; round++) {
      // Whoever is second finds the file in memory and the machine warm: they take turns.
      const ways = round % 2 === 0 ? (['kept', 'bare'] as const) : (['bare', 'kept'] as const);
      const ms = { kept: 0, bare: 0 };
      for (const way of ways) ms[way] = await pourThroughProduct(browser, pages, load, way);
      for (const way of ways) speeds[way].push(load.bytes / 1000 / ms[way]);
      say(`${load.title}, round ${round}: kept ${speeds.kept.at(-1)?.toFixed(1)}, nothing kept ${speeds.bare.at(-1)?.toFixed(1)} MB/s`);
    }
    // Of the medians, as what else the machine does moves single rounds by more than this.
    const cost = (1 - median(speeds.kept) / median(speeds.bare)) * 100;
    rows.push([load.title, median(speeds.kept).toFixed(1), median(speeds.bare).toFixed(1), against(cost, '≤', target, 1, ' %')]);
  }
  return table(['Journal, recording and digests, MB/s', 'kept', 'nothing kept', 'cost'], rows);
}
