/** Runs of the real engine whose steps are the benchmark's scripts: session, recording, journal and feed as in any run. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { RunSecrets } from '../../../electron/backend/redaction/run-secrets.ts';
import { Journal } from '../../../electron/backend/runs/journal.ts';
import { RunController } from '../../../electron/backend/runs/run-controller.ts';
import { TargetBook } from '../../../electron/backend/targets/book/target-book.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { defineTopic, makePlan, type Script, type Topic } from '../../../shared/topic-kit/index.ts';
import { folder, root } from '../workspace.ts';

const topicFor = (scripts: readonly Script[]): Topic =>
  defineTopic({
    id: 'bench',
    version: 1,
    title: 'Benchmark',
    summary: 'Runs scripts in the terminal.',
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
    steps: () =>
      scripts.map((script, index) => ({
        id: stepId(index),
        kind: 'command',
        title: 'Run',
        intro: '',
        danger: 'reads',
        runsOn: 'this machine',
        script,
        matchers: [],
      })),
    remedies: [],
    targets: ['ssh'],
    lab: { scenario: '', failures: [], facts: {}, files: () => [] },
  });
const stepId = (index: number) => `step-${index}`;

interface OpenRun {
  runId: string;
  /** What stands for the target's root. */
  lab: string;
  controller: RunController;
  /** Runs a step; resolves with the state it is in afterwards. */
  advance(index: number): Promise<string>;
  /** Ends it and removes what it wrote. */
  end(): Promise<void>;
}

/** Makes a run of these scripts, one a step, and opens it. */
export function openRun(scripts: readonly Script[], target: TargetRef = { kind: 'lab' }, sshConfig?: string): OpenRun {
  const topic = topicFor(scripts);
  const runFolder = mkdtempSync(path.join(folder('runs'), 'run-'));
  const runId = `20000101-000000-${path.basename(runFolder).toLowerCase().replaceAll('_', '-')}`;
  const lab = path.join(runFolder, 'lab');
  mkdirSync(lab);
  const rehearsal = target.kind === 'lab';
  const plan = makePlan(topic, {}, target, { label: 'bench', rehearsal, mapFile: (file) => file });
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
  let onSettled: (() => void) | null = null;
  const controller = new RunController({
    topic,
    folder: runFolder,
    secrets: new RunSecrets(topic),
    assetsFolder: path.join(root, 'assets'),
    sshConfig,
    book: new TargetBook(runFolder),
    seal: () => undefined,
    onChange: ({ status }) => {
      if (status !== 'running') onSettled?.();
    },
    log: (line) => ending || console.error(`bench: ${line}`),
  });
  return {
    runId,
    lab,
    controller,
    async advance(index) {
      const settled = new Promise<void>((resolve) => {
        onSettled = resolve;
      });
      controller.advance(stepId(index), undefined);
      await settled;
      const { steps, trouble } = controller.state;
      return trouble ? `${trouble.message} ${trouble.next}` : (steps[index]?.status ?? '');
    },
    async end() {
      ending = true; // a flood has no end of its own: that it is cut off is no news
      await controller.close();
      rmSync(runFolder, { recursive: true, force: true });
    },
  };
}

export interface BenchRun {
  runId: string;
  lab: string;
  feed: RunController['feed'];
  type(data: string): void;
  resize(cols: number, rows: number): void;
  /** The status of the step, once its script has ended. */
  settled: Promise<string>;
  end(): Promise<void>;
}

/** Makes a run with one step and starts it. */
export function startRun(script: Script): BenchRun {
  const { runId, lab, controller, advance, end } = openRun([script]);
  return {
    runId,
    lab,
    feed: controller.feed,
    type: (data) => controller.type(data),
    resize: (cols, rows) => controller.resize(cols, rows),
    settled: advance(0),
    end,
  };
}
