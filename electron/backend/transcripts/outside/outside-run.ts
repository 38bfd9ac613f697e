/** The names of a run: from its journal, and from what its terminal showed. */
import type { OutsideReplacement } from '../../../../shared/api/transcript.ts';
import { readJournal } from '../../runs/journal.ts';
import type { RunStore } from '../../runs/run-store.ts';
import { type ExportWatch, watchedReading } from '../export-watch.ts';
import { type Reading, recordingBytes } from '../recording-blocks.ts';
import { castEvents } from '../recording-reader.ts';
import { readTranscript } from '../transcript.ts';
import { discoverNames, outsideEvents, outsideTexts } from './outside-events.ts';
import { OutsideNames } from './outside-names.ts';

/** Reads the recording once. */
export async function namesOfRun(store: RunStore, runId: string, reading?: Reading): Promise<OutsideNames> {
  const names = new OutsideNames();
  const folder = store.folder(runId);
  const { by, target, machines = [] } = store.record(runId).created;
  names.learn('host', by.host);
  names.learn('user', by.user);
  for (const each of [target, ...machines.map((machine) => machine.target)]) if (each.kind === 'ssh') learnTarget(names, each);
  for (const [, text] of JSON.stringify(readJournal(folder).events).matchAll(/([\w.@/-]+)/g)) names.discover(text ?? '');
  await discoverNames(castEvents(folder, reading), names);
  return names;
}

function learnTarget(names: OutsideNames, { host, user }: { host: string; user?: string | undefined }): void {
  names.learn('host', host);
  if (user !== undefined) names.learn('user', user);
}

/** What would be replaced in this run, how often in its record and recording. Reads the recording three times. */
export async function outsidePreview(store: RunStore, runId: string, watch: ExportWatch = {}): Promise<{ replacements: OutsideReplacement[] }> {
  const reading = watchedReading(watch, 3 * (await recordingBytes(store.folder(runId))));
  const names = await namesOfRun(store, runId, reading);
  const { run, entries } = await readTranscript(store, runId, reading);
  outsideTexts({ run, entries }, names);
  for await (const _ of outsideEvents(castEvents(store.folder(runId), reading), names)) void _;
  return { replacements: names.replacements };
}
