/** Entry of a process that exports one run once, and prints what it took. Arguments: data folder, run, format, target. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createBackend } from '../../../electron/backend/backend.ts';
import type { ExportFormat } from '../../../shared/api/transcript.ts';
import { carrierPair } from '../../../shared/wire/carrier.ts';
import { makeApi, makeClient } from '../../../shared/wire/client.ts';

export interface ExportFigures {
  /** Highest resident memory of the process in bytes. */
  peak: number;
  ms: number;
  /** Longest time the event loop stood still, in milliseconds. */
  longestPause: number;
  /** Written. */
  bytes: number;
}

const [dataFolder = '', runId = '', format = '', out = ''] = process.argv.slice(2);
const backend = createBackend({ dataFolder, assetsFolder: '', version: 'bench', log: () => undefined });
const [here, there] = carrierPair();
backend.serve(there, 'cli');
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const from = performance.now();
const { bytes } = await makeApi(makeClient(here).call).transcripts.export({ runId, format: format as ExportFormat, out });
const figures: ExportFigures = {
  ms: performance.now() - from,
  longestPause: delay.max / 1e6,
  bytes,
  peak: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(figures));
await backend.close();
