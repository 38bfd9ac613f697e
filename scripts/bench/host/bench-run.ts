/** A run of the real engine whose only step is the benchmark's script: session, recording, journal and feed as in any run. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { RunSecrets } from '../../../electron/backend/redaction/run-secrets.ts';
import { Journal } from '../../../electron/backend/runs/journal.ts';
import { RunController } from '../../../electron/backend/runs/run-controller.ts';
import { defineTopic, makePlan, type Script, type Topic } from '../../../shared/topic-kit/index.ts';
import { folder, root } from '../workspace.ts';

const stepId = 'pour';
const target = { kind: 'lab' as const };

const topicFor = (script: Script): Topic =>
  defineTopic({
    id: 'bench',
    version: 1,
    title: 'Benchmark',
    summary: 'Pours bytes into the terminal.',
    category: 'Benchmark',
    platforms: [],
    risk: { level: 'reads', text: '' },
    minutes: 1,
    fixes: [],
    needs: [],
    cannotUndo: [],
    corrections: [],
    sources: [],
    symptoms: [],
    parameters: z.object({}),
    labDefaults: {},
    steps: () => [{ id: stepId, kind: 'command', title: 'Pour', intro: '', danger: 'reads', runsOn: 'this machine', script, matchers: [] }],
    remedies: [],
    lab: { scenario: '', failures: [], facts: {}, files: () => [] },
  });

export interface BenchRun {
  runId: string;
  feed: RunController['feed'];
  type(data: string): void;
  resize(cols: number, rows: number): void;
  /** The status of the step, once its script has ended. */
  settled: Promise<string>;
  /** Ends it and removes what it wrote. */
  end(): Promise<void>;
}

/** Makes a run and starts its step. */
export function startRun(script: Script): BenchRun {
  const topic = topicFor(script);
  const runFolder = mkdtempSync(path.join(folder('runs'), 'run-'));
  const runId = `20000101-000000-${path.basename(runFolder).toLowerCase().replaceAll('_', '-')}`;
  mkdirSync(path.join(runFolder, 'lab'));
  const plan = makePlan(topic, {}, target, { label: 'bench', rehearsal: true, mapFile: (file) => file });
  const journal = new Journal(runFolder);
  journal.append({
    type: 'run-created',
    runId,
    topicId: topic.id,
    topicVersion: topic.version,
    topicTitle: topic.title,
    target,
    targetLabel: plan.target,
    rehearsal: plan.rehearsal,
    parameters: {},
    plan: plan.steps,
    inputs: [],
    by: { wrenchbook: 'bench', host: 'bench', platform: process.platform, user: 'bench' },
  });
  journal.close();
  let ending = false;
  let settle: (status: string) => void = () => undefined;
  const settled = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const controller = new RunController({
    topic,
    folder: runFolder,
    secrets: new RunSecrets(topic),
    assetsFolder: path.join(root, 'assets'),
    seal: () => undefined,
    onChange: (state) => {
      if (state.status !== 'running') settle(state.steps[0]?.status ?? '');
    },
    log: (line) => ending || console.error(`bench: ${line}`),
  });
  controller.advance(stepId, undefined);
  const end = async () => {
    ending = true; // a flood has no end of its own: that it is cut off is no news
    await controller.close();
    rmSync(runFolder, { recursive: true, force: true });
  };
  return {
    runId,
    feed: controller.feed,
    type: (data) => controller.type(data),
    resize: (cols, rows) => controller.resize(cols, rows),
    settled,
    end,
  };
}
