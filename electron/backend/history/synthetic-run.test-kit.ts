/** Writes finished runs in the journal's and the recording's real format, without running anything. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { keyFromFile, type SigningKey } from '../keys/signing-key.ts';
import type { RunEventBody } from '../runs/run-event.ts';
import { signed } from '../runs/signed-line.ts';

const keys = new Map<string, SigningKey>();
/** The key of a data folder; made with the first run. */
export function keyOf(dataFolder: string): SigningKey {
  const key = keys.get(dataFolder) ?? keyFromFile(dataFolder);
  keys.set(dataFolder, key);
  return key;
}

export interface SyntheticRun {
  runId: string;
  topicId?: string;
  topicTitle?: string;
  host?: string;
  target?: TargetRef;
  at?: string;
  parameters?: Record<string, string>;
  plan: PlannedStep[];
  /** What follows the run's creation. */
  events: RunEventBody[];
  /** Terminal output in order. */
  output?: string[];
}

/** Returns the run's folder. */
export function writeRun(dataFolder: string, run: SyntheticRun): string {
  const {
    runId,
    topicId = 'a-topic',
    topicTitle = 'A topic',
    host = 'Rehearsal lab',
    target = { kind: 'lab' },
    at = '2026-11-01T10:00:00.000Z',
    parameters = {},
    plan,
  } = run;
  const folder = path.join(dataFolder, 'runs', runId);
  mkdirSync(folder, { recursive: true });
  const created: RunEventBody = {
    type: 'run-created',
    runId,
    topicId,
    topicVersion: 1,
    topicTitle,
    target,
    targetLabel: host,
    rehearsal: target.kind === 'lab',
    parameters,
    plan,
    inputs: [],
    by: { wrenchbook: 'test', host: 'here', platform: 'linux', user: 'admin' },
  };
  let prev = '0'.repeat(64);
  const lines = [created, ...run.events].map((body, seq) => {
    const line = JSON.stringify(signed('event', { v: 1, seq, at, prev, ...body }, keyOf(dataFolder)));
    prev = createHash('sha256').update(line).digest('hex');
    return `${line}\n`;
  });
  writeFileSync(path.join(folder, 'journal.jsonl'), lines.join(''));
  if (run.output) writeFileSync(path.join(folder, 'recording.cast'), castOf(run.output));
  return folder;
}

const castHead = `${JSON.stringify({ version: 3, term: { cols: 80, rows: 24 } })}\n`;
/** Each output has a marker before it, as at the beginning of a step. */
const castLine = (text: string) => `${JSON.stringify([0, 'm', ''])}\n${JSON.stringify([0.01, 'o', text])}\n`;
export const castOf = (output: readonly string[]) => castHead + output.map(castLine).join('');
/** Bytes of the recording after the first outputs. */
export const castBytes = (output: readonly string[]) => Buffer.byteLength(castOf(output));

export const plannedStep = (id: string, number = 1, more: Partial<PlannedStep> = {}): PlannedStep => ({
  id,
  number,
  title: `Step ${id}`,
  intro: '',
  kind: 'command',
  danger: 'reads',
  runsOn: 'lab',
  asUser: '',
  needsRoot: false,
  script: null,
  kept: false,
  restarts: null,
  verifyScript: null,
  undoScript: null,
  edit: null,
  irreversible: null,
  instructions: [],
  cards: [],
  confirm: null,
  prompts: [],
  mayShow: [],
  hold: null,
  minutes: 1,
  ...more,
});

/** A step that was run once; `bytes` is where the recording ends after it, `recordingMarker` which of its outputs it is. */
export const stepDone = (stepId: string, bytes = 0, more: Partial<Extract<RunEventBody, { type: 'step-ended' }>> = {}, recordingMarker = 0): RunEventBody[] => [
  { type: 'step-started', stepId, attempt: 1, script: null, confirmation: null, recordingMs: 0, recordingMarker },
  { type: 'step-ended', stepId, ok: true, exitStatus: 0, verdicts: [], recording: { bytes, sha256: '', ms: 0 }, ...more },
];
