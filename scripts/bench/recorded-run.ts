/** A run whose first step filled a recording, made once with the product's own journal and recorder. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { createBackend } from '../../electron/backend/backend.ts';
import { KeyRing } from '../../electron/backend/keys/key-ring.ts';
import { Journal } from '../../electron/backend/runs/journal.ts';
import { Recording } from '../../electron/backend/runs/recording.ts';
import { carrierPair } from '../../shared/wire/carrier.ts';
import { makeApi, makeClient } from '../../shared/wire/client.ts';
import { prepareLoad } from './loads.ts';
import { folder, root } from './workspace.ts';

export interface RecordedRun {
  /** The data folder. */
  data: string;
  runId: string;
  /** Of the recording. */
  bytes: number;
}
const size = { cols: 120, rows: 40 };
const title = 'benchmark';

/** Lines, colours and repaints in turn, until the recording has so many bytes. */
export async function recordedRun(bytes: number, say: (line: string) => void): Promise<RecordedRun> {
  const data = path.join(folder('recorded'), `${bytes / 1e6}mb`);
  if (!existsSync(data)) {
    say(`recording ${bytes / 1e6} MB, once`);
    const draft = `${data}.draft`;
    rmSync(draft, { recursive: true, force: true });
    await record(draft, bytes);
    renameSync(draft, data);
  }
  const [runId = ''] = readdirSync(path.join(data, 'runs'));
  return { data, runId, bytes: statSync(path.join(data, 'runs', runId, 'recording.cast')).size };
}

async function record(data: string, bytes: number): Promise<void> {
  const backend = createBackend({ dataFolder: data, assetsFolder: path.join(root, 'assets'), version: 'bench', log: () => undefined });
  const [here, there] = carrierPair();
  backend.serve(there, 'cli');
  const { runId, plan } = await makeApi(makeClient(here).call).runs.start({ topicId: 'perc-h200-crossflash', target: { kind: 'lab' }, parameters: {} });
  await backend.close();
  const runFolder = path.join(data, 'runs', runId);
  const journal = new Journal(runFolder, undefined, { key: new KeyRing(data).signing });
  const recording = new Recording(runFolder, { ...size, title });
  const stepId = plan[0]?.id ?? '';
  const recordingMarker = recording.marker(plan[0]?.title ?? title);
  journal.append({ type: 'step-started', stepId, attempt: 1, script: null, confirmation: null, recordingMs: 0, recordingMarker });
  const loads = (['plain', 'coloured', 'repaint'] as const).map((kind) => readFileSync(prepareLoad(kind, true).file));
  const block = 64 * 1024;
  const shell = Buffer.from('\x1b[0m\x1b[2J\x1b[H');
  for (let turn = 0; recording.mark().bytes < bytes; turn++) {
    const load = loads[turn % loads.length] as Buffer;
    for (let at = 0; at < load.length; at += block) recording.output(terminalLines(load.subarray(at, at + block)));
    recording.output(shell);
  }
  journal.append({ type: 'step-ended', stepId, ok: true, exitStatus: 0, verdicts: [], recording: recording.mark() });
  recording.close();
  journal.close();
}

/** As a terminal line discipline passes line breaks on. */
const terminalLines = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
