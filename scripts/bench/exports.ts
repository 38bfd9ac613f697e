/** Part 6: whether a run with a gigabyte of recording is exported with flat memory, each format in a process of its own. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { exportFormat } from '../../shared/api/transcript.ts';
import type { ExportFigures } from './host/export-process.ts';
import { recordedRun } from './recorded-run.ts';
import { against, table } from './table.ts';
import type { Surroundings } from './throughput.ts';
import { builtExporter, folder } from './workspace.ts';

const target = 300;

export async function exportsPart({ quick, say }: Surroundings): Promise<string> {
  const run = await recordedRun(quick ? 100_000_000 : 1_000_000_000, say);
  const rows: string[][] = [];
  for (const format of exportFormat.options) {
    const out = path.join(folder('exported'), `export.${format}`);
    rmSync(out, { recursive: true, force: true });
    const { stdout } = await promisify(execFile)(process.execPath, [builtExporter, run.data, run.runId, format, out]);
    const { peak, ms, longestPause, bytes } = JSON.parse(stdout) as ExportFigures;
    rmSync(out, { recursive: true, force: true });
    rows.push([format, against(peak / 1e6, '<', target, 0), (run.bytes / 1e6 / (ms / 1000)).toFixed(0), longestPause.toFixed(0), (bytes / 1e6).toFixed(1)]);
    say(`${format}: ${(peak / 1e6).toFixed(0)} MB, ${(ms / 1000).toFixed(1)} s`);
  }
  return table([`Export of a recording of ${(run.bytes / 1e9).toFixed(1)} GB`, 'peak memory, MB', 'MB/s', 'longest pause, ms', 'written, MB'], rows);
}
