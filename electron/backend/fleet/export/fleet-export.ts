/** Writes a fleet run for others. The JSON has the signed lines of its journal and its seal, so that it can be checked elsewhere. */
import { statSync } from 'node:fs';
import type { FleetExportFormat } from '../../../../shared/api/fleet.ts';
import type { FleetFindings } from '../../../../shared/api/fleet-doctor.ts';
import { replaceFile } from '../../whole-file.ts';
import type { FleetStore } from '../fleet-store.ts';
import type { FleetRun } from '../run/fleet-run.ts';
import { toFleetHtml } from './fleet-html.ts';
import { toFleetMarkdown } from './fleet-markdown.ts';
import { fleetTranscript } from './fleet-transcript.ts';

/** `findings`: of a check-up. Throws `storage`. */
export async function exportFleet(
  store: FleetStore,
  run: FleetRun,
  findings: FleetFindings | null,
  format: Exclude<FleetExportFormat, 'bundle'>,
  out: string,
): Promise<{ path: string; bytes: number }> {
  const { runId } = run;
  const verification = await store.verify(runId);
  const transcript = { ...fleetTranscript(run.fold, run.state, verification), ...(findings && { findings }) };
  const { lines, seal } = store.lines(runId);
  const texts: Record<Exclude<FleetExportFormat, 'bundle'>, () => string> = {
    markdown: () => toFleetMarkdown(transcript),
    html: () => toFleetHtml(transcript),
    json: () =>
      `${JSON.stringify({ format: 'wrenchbook fleet run', version: 1, ...transcript, journal: lines, seal: seal === null ? null : (JSON.parse(seal) as unknown) }, null, 1)}\n`,
  };
  replaceFile(out, texts[format]());
  return { path: out, bytes: statSync(out).size };
}
