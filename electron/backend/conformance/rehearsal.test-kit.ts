/** Rehearses a topic in a data folder of its own, for tests: the real engine, sessions and lab tools. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProbeResult } from '../../../shared/api/probe.ts';
import { isUnderWay, type Offer, type RunState } from '../../../shared/api/run.ts';
import { withNews } from '../../../shared/api/run-news.ts';
import type { OtherMachines, ParameterValues, TargetRef } from '../../../shared/api/topic.ts';
import type { Topic } from '../../../shared/topic-kit/index.ts';
import { carrierPair } from '../../../shared/wire/carrier.ts';
import { type Client, makeApi, makeClient } from '../../../shared/wire/client.ts';
import { type Backend, createBackend } from '../backend.ts';
import { enterWay } from '../consoles/console-hop.ts';
import { probeLook } from '../probes/probe-look.ts';
import { StepOutput } from '../runs/step-output.ts';
import { Session } from '../sessions/session.ts';
import { labMachineRendering, labRendering, labSession } from '../targets/lab-target.ts';

process.env.WRENCHBOOK_LAB_SPEED = '0';

export class Rehearsal {
  readonly data: string;
  readonly client: Client;
  readonly api: ReturnType<typeof makeApi>;
  readonly log: string[] = [];
  private backend: Backend;
  private readonly watchers = new Set<(state: RunState) => void>();
  private readonly known = new Map<string, RunState>();

  constructor(data = mkdtempSync(path.join(tmpdir(), 'wb-rehearsal-')), sshConfig?: string) {
    this.data = data;
    this.backend = createBackend({ dataFolder: data, assetsFolder: path.resolve('assets'), version: 'test', sshConfig, log: (line) => this.log.push(line) });
    const [here, there] = carrierPair();
    this.backend.serve(there, 'cli');
    this.client = makeClient(here);
    this.api = makeApi(this.client.call);
    this.client.on('runs.changed', (news) => {
      const state = withNews(this.known.get(news.runId), news);
      if (!state) throw new Error(`The first news of run ${news.runId} is not whole.`);
      this.known.set(news.runId, state);
      for (const watcher of this.watchers) watcher(state);
    });
  }

  /** `machines`: those besides the first, of a topic with several; all, where it is not given. */
  start(topicId: string, failure?: string, parameters: ParameterValues = {}, machines?: OtherMachines): Promise<RunState> {
    return this.startOn(failure === undefined ? { kind: 'lab' } : { kind: 'lab', failure }, topicId, parameters, machines);
  }
  startOn(target: TargetRef, topicId: string, parameters: ParameterValues, machines?: OtherMachines): Promise<RunState> {
    return this.api.runs.start({ topicId, target, machines, parameters });
  }

  /**
   * Does what an offer says, answers questions as recommended, and resolves when nothing is running. `output`: what was printed
   * where the offer's script was typed by hand.
   */
  async take(state: RunState, offer: Offer, output?: string): Promise<RunState> {
    const { runId } = state;
    const confirmation = offer.confirm?.type;
    const ended = this.settled(runId);
    switch (offer.action) {
      case 'advance':
      case 'retry':
        await this.api.runs.advance({ runId, stepId: offer.id, confirmation, shown: offer.change?.shown, output });
        break;
      case 'remedy':
        await this.api.runs.remedy({ runId, remedyId: offer.id, confirmation });
        break;
      case 'undo':
        await this.api.runs.undo({ runId, from: offer.id });
        break;
      case 'skip':
      case 'stop':
        throw new TypeError(`${offer.action} takes no time; call it directly`);
    }
    return ended;
  }

  /** What a call that takes no time made of the run. */
  async after(runId: string, call: Promise<unknown>): Promise<RunState> {
    await call;
    return this.api.runs.get({ runId });
  }

  /** Runs step after step until the run ends or a step does not go well. */
  async advanceWhileWell(state: RunState): Promise<RunState> {
    let now = state;
    while (now.status === 'waiting') {
      now = await this.take(now, offerOf(now, 'advance'));
      if (now.trouble) break; // that of an earlier step is over
    }
    return now;
  }

  /** What the terminals of its runs showed, from their recordings. */
  get shown(): string {
    const runs = path.join(this.data, 'runs');
    const recordings = existsSync(runs) ? readdirSync(runs).map((run) => path.join(runs, run, 'recording.cast')) : [];
    return recordings.filter(existsSync).map(shownOf).join('\n');
  }

  labFolder(runId: string): string {
    return path.join(this.data, 'runs', runId, 'lab');
  }

  /** Another one with all its runs as they stand; this one has left the run. */
  async fork(runId: string): Promise<Rehearsal> {
    await this.api.runs.leave({ runId });
    const data = mkdtempSync(path.join(tmpdir(), 'wb-rehearsal-'));
    cpSync(this.data, data, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    return new Rehearsal(data);
  }

  /** Ends the backend; what it wrote stays. */
  stop(): Promise<void> {
    return this.backend.close();
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** The next state in which nothing is running; subscribe before starting something. */
  private settled(runId: string): Promise<RunState> {
    return new Promise((resolve) => {
      let asked = '';
      const watcher = (state: RunState) => {
        if (state.runId !== runId) return;
        if (!isUnderWay(state.status)) {
          this.watchers.delete(watcher);
          resolve(state);
        } else if (state.prompt?.answers.length && state.prompt.id !== asked) {
          asked = state.prompt.id;
          void this.api.runs.answer({ runId, promptId: state.prompt.id, value: state.prompt.recommended });
        }
      };
      this.watchers.add(watcher);
    });
  }
}

/** The output events of an asciicast; its last line may be cut. */
function shownOf(recording: string): string {
  const lines = readFileSync(recording, 'utf8').split('\n').slice(1);
  return lines.map((line) => /^\[[\d.]+, ?"o", ?(".*")\]$/.exec(line)?.[1]).reduce<string>((all, text) => all + (text ? JSON.parse(text) : ''), '');
}

export function offerOf(state: RunState, action: Offer['action'], id?: string): Offer {
  const offer = state.offers.find((candidate) => candidate.action === action && (id === undefined || candidate.id === id));
  if (!offer)
    throw new Error(
      `${action} ${id ?? ''} is not offered: ${state.status}: ${state.says} (${state.offers.map((candidate) => `${candidate.action} ${candidate.id}`).join(', ')})`,
    );
  return offer;
}

/** What every file below a folder holds, by relative path; to see whether anything changed. A long one, or one that is no text, as its digest. */
export function treeContents(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    // Made for temporary files when a session begins; what is in it counts. The lab's journal is a log, as those below /var/log are: it grows
    // on the way back too. Which process a service is says nothing of its state, and a secret that was generated is kept when that is undone.
    .filter(
      (entry) =>
        !/^(?:[^/]+\/)?(?:tmp|journal|starts|root\/var\/log\/.+\.log)$/.test(path.relative(folder, entry)) &&
        !entry.endsWith('.pid') &&
        !/\/wrenchbook(?:\/moved.*)?$/.test(entry),
    );
  return Object.fromEntries(
    entries.sort().map((entry) => {
      const relative = path.relative(folder, entry);
      try {
        const content = readFileSync(entry);
        const isText = content.length < 20_000 && !content.includes(0);
        if (/^(?:[^/]+\/)?units\//.test(relative)) return [relative, notRunning(content.toString())];
        return [relative, isText ? content.toString('latin1') : createHash('sha256').update(content).digest('hex')];
      } catch {
        return [relative, 'folder'];
      }
    }),
  );
}

/** A unit that failed and one that is stopped run as little. No undo makes one fail again. */
const notRunning = (unit: string) => unit.replace(/^((?:Active|Sub)State)=(?:failed|inactive|dead)$|^Result=.*$/gm, '$1=no');

/** What the topic's probe says of a lab as it stands. */
export async function lookInLab(folder: string, topic: Topic, parameters: ParameterValues = {}): Promise<ProbeResult> {
  const there = (topic.machines ?? []).filter(({ id }) => existsSync(path.join(folder, id)));
  const places = there.map(({ id, title }) => ({ id, title, rendering: labMachineRendering }));
  const look = probeLook(topic, parameters, labRendering(null), places);
  const { session } = await Session.open(await labSession(folder, { topicId: topic.id, assetsFolder: path.resolve('assets') }, { cols: 100, rows: 30 }));
  let output = new StepOutput();
  session.onData((bytes) => output.push(Buffer.from(bytes)));
  const seen: { output: string; exitStatus: number }[] = [];
  for (const { machine, script } of look.parts) {
    if (machine) await enterWay(session, { kind: 'lab', machine: machine.id }, { asked: () => false, signal: new AbortController().signal });
    output = new StepOutput();
    const exitStatus = await session.run(script);
    seen.push({ output: output.text(), exitStatus });
    if (machine) await session.leaveHop();
  }
  await session.close();
  return look.judge(seen);
}
