/** A run of a topic that is made in the test, in a folder of its own, without the registry. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { isUnderWay, type RunState } from '../../../shared/api/run.ts';
import type { OtherMachines, TargetRef } from '../../../shared/api/topic.ts';
import { defineTopic, makePlan, type Step, type Systems, type Topic } from '../../../shared/topic-kit/index.ts';
import { RunSecrets } from '../redaction/run-secrets.ts';
import type { WayLimits } from '../sessions/hops/way-watch.ts';
import { TargetBook } from '../targets/book/target-book.ts';
import { settledPlaces } from '../targets/run-machines.ts';
import { Journal } from './journal.ts';
import { RunController } from './run-controller.ts';

export const smallTopic = (steps: readonly Step[]): Topic =>
  defineTopic({
    id: 'small',
    version: 1,
    title: 'Small',
    summary: 'A topic of a test.',
    category: 'Test',
    platforms: [],
    risk: { level: 'changes', text: '' },
    minutes: 1,
    fixes: [],
    needs: [],
    cannotUndo: [],
    corrections: [],
    sources: [],
    symptoms: [],
    parameters: z.object({}),
    labDefaults: {},
    steps: () => [...steps],
    remedies: [],
    targets: ['local', 'ssh', 'console', 'hand'],
    lab: { scenario: '', failures: [], facts: {}, files: () => [] },
  });

interface SmallRunOptions {
  systems?: Systems;
  sshConfig?: string;
  given?: Record<string, string>;
  /** What else the topic has. */
  topic?: Partial<Pick<Topic, 'machines' | 'remedies'>>;
  /** Where its other machines are. */
  others?: OtherMachines;
  wayLimits?: Partial<WayLimits>;
}

export class SmallRun {
  readonly folder: string;
  readonly lab: string;
  private readonly topic: Topic;
  private controller: RunController;
  private onChange: (state: RunState) => void = () => undefined;
  private readonly sshConfig: string | undefined;
  private readonly wayLimits: Partial<WayLimits>;
  /** Values that the process has, by field; a run that is opened again has those that are here then. */
  readonly given: Record<string, string>;

  /** Begins a run, or goes on with the one that is in the folder. */
  constructor(
    steps: readonly Step[],
    folder = mkdtempSync(path.join(tmpdir(), 'wb-small-')),
    target: TargetRef = { kind: 'lab' },
    { systems = {}, sshConfig, given = {}, topic = {}, others, wayLimits = {} }: SmallRunOptions = {},
  ) {
    this.sshConfig = sshConfig;
    this.wayLimits = wayLimits;
    this.given = given;
    this.folder = folder;
    this.lab = path.join(folder, 'lab');
    this.topic = { ...smallTopic(steps), systems, ...topic };
    if (!existsSync(path.join(folder, 'journal.jsonl'))) this.create(target, others);
    this.controller = this.open();
  }

  private create(chosen: TargetRef, others: OtherMachines | undefined): void {
    const { target, rendering, machines, places } = settledPlaces(this.topic, { target: chosen, machines: others }, new TargetBook(this.folder));
    mkdirSync(this.lab, { recursive: true });
    for (const { id } of machines ?? []) mkdirSync(path.join(this.lab, id, 'tmp'), { recursive: true });
    const plan = makePlan(this.topic, {}, target, rendering, places);
    const journal = new Journal(this.folder);
    const by = { wrenchbook: 'test', host: 'test', platform: process.platform, user: 'test' };
    journal.append({
      type: 'run-created',
      runId: '20260101-000000-small',
      topicId: 'small',
      topicVersion: 1,
      topicTitle: 'Small',
      target,
      targetLabel: plan.target,
      ...(machines && { machines }),
      rehearsal: plan.rehearsal,
      parameters: {},
      plan: plan.steps,
      inputs: [],
      by,
    });
    journal.close();
  }

  get state(): RunState {
    return this.controller.state;
  }
  get opened(): RunController {
    return this.controller;
  }

  /** Starts something and resolves with the state at its end. */
  act(begin: (controller: RunController) => void): Promise<RunState> {
    return new Promise((resolve) => {
      this.onChange = (state) => {
        if (!isUnderWay(state.status)) resolve(state);
      };
      begin(this.controller);
      const { state } = this.controller;
      if (!isUnderWay(state.status)) resolve(state);
    });
  }

  /** Leaves the run and opens it again. */
  async reopen(meanwhile: () => void = () => undefined): Promise<void> {
    await this.controller.close();
    meanwhile();
    this.controller = this.open();
  }

  /** Gives the run free. */
  leave(): Promise<void> {
    return this.controller.close();
  }

  async end(): Promise<void> {
    await this.controller.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private open(): RunController {
    const assetsFolder = path.resolve('assets');
    const secrets = new RunSecrets(this.topic);
    secrets.give(this.given);
    return new RunController({
      topic: this.topic,
      folder: this.folder,
      assetsFolder,
      sshConfig: this.sshConfig,
      wayLimits: this.wayLimits,
      book: new TargetBook(this.folder),
      seal: () => undefined,
      secrets,
      onChange: (state) => this.onChange(state),
      log: () => undefined,
    });
  }
}
