/**
 * One procedure twice in equal labs: by a run in the app's engine, and by its compiled role, played by Debian's ansible-core on hosts whose
 * root is the lab's. What each leaves behind is a picture of the lab's folder.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { renderScript, type Step, stepsFor, type Topic } from '../../../shared/topic-kit/index.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { compiled } from '../fleet/compile/compiled.test-kit.ts';
import { writeCompiled } from '../fleet/compile/compiled-folder.ts';
import type { CompiledFiles } from '../fleet/compile/script-files.ts';
import { bundleRules } from '../fleet/rules/rules-bundle.ts';
import { resolveLabFiles } from '../targets/lab-target.ts';
import { checkParameters, findTopic } from '../topics/topic-registry.ts';
import { ansible, type Played } from './ansible.test-kit.ts';
import { meaningOf } from './end-state-files.test-kit.ts';
import { LabHost } from './lab-hosts.test-kit.ts';
import { type Picture, pictureOf } from './picture.test-kit.ts';

/** Left out on both sides, each with its reason. */
const leftOut: readonly [RegExp, string][] = [
  [/^(?:[^/]+\/)?tmp$/, 'temporary files, made for a session'],
  [/^(?:[^/]+\/)?root\/var\/lib\/wrenchbook$/, 'backups of the app, and what a role keeps for its undo: two names and forms for one thing'],
];
const isLeftOut = (name: string) => leftOut.some(([pattern]) => pattern.test(name));

export class EndStates {
  readonly topic: Topic;
  private readonly runs = new Rehearsal();
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-ends-'));
  private readonly hosts: LabHost[] = [];
  /** Folders that were made to mount on; what is in them else is the role's. */
  private mounts: ReadonlySet<string> = new Set();
  private book = '';
  /** The lab's folder of the run, as it was called when it was made. */
  private single = '';

  constructor(topicId: string) {
    this.topic = findTopic(topicId);
  }

  /** The run: the lab before it, at its end, and undone. Rejects where it does not end well. */
  async run(): Promise<{ before: Picture; end: Picture; undone: Picture }> {
    const { machines } = this;
    const others = this.topic.machines && Object.fromEntries(machines.slice(1).map((id) => [id, { kind: 'lab' as const }]));
    let state = await this.runs.start(this.topic.id, undefined, {}, others);
    this.single = this.runs.labFolder(state.runId);
    // Every system has it, and no lab does. A role keeps there what its undo needs.
    for (const machine of machines) mkdirSync(path.join(this.single, machine, 'root/var/lib'), { recursive: true });
    cpSync(this.single, this.lab, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    const before = this.pictureOf(this.single);
    state = await this.runs.advanceWhileWell(state);
    if (state.status !== 'done') throw new Error(`The run did not end well: ${state.says}`);
    const end = this.pictureOf(this.single);
    if (state.offers.some(({ action }) => action === 'undo')) await this.runs.take(state, offerOf(state, 'undo'));
    return { before, end, undone: this.pictureOf(this.single) };
  }

  /** Compiles it, and makes hosts of the other lab. */
  async prepare(): Promise<void> {
    const made = compiled(this.topic, { rules: await bundleRules(this.topic.id) });
    if ('obstacles' in made) throw new Error(JSON.stringify(made.obstacles));
    this.doByHand(made.files);
    this.book = writeCompiled(path.join(this.folder, 'book'), made.files);
    const before = this.picture();
    const lines: string[] = [];
    for (const machine of this.machines) {
      const systems = this.topic.machines?.find(({ id }) => id === machine)?.systems ?? this.topic.systems ?? {};
      const place = { lab: this.lab, name: this.single, topicId: this.topic.id, machine, links: path.join(this.runs.data, 'lab-links'), systems };
      const host = await LabHost.start(place);
      this.hosts.push(host);
      lines.push(
        ...(machine === '' ? [] : [`[${machine}]`]),
        `lab-${machine} ansible_ssh_executable=${host.writeEntrance(path.join(this.folder, `enter-${machine}`))}`,
      );
    }
    this.mounts = new Set(Object.keys(this.picture()).filter((name) => before[name] === undefined));
    writeFileSync(this.inventory, `${lines.join('\n')}\n\n[all:vars]\n${variables.join('\n')}\n`);
  }

  /** `words`: as for ansible-playbook. Resolves with what it said, and a picture of the lab behind it. */
  async play(...words: string[]): Promise<Played & { picture: Picture; changed: number }> {
    const played = await ansible('ansible-playbook', this.book, ['-i', this.inventory, ...words]);
    return { ...played, picture: this.picture(), changed: Object.values(played.hosts).reduce((sum, { changed }) => sum + changed, 0) };
  }

  async end(): Promise<void> {
    for (const host of this.hosts) await host.stop();
    await this.runs.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get lab(): string {
    return path.join(this.folder, 'lab');
  }
  private get inventory(): string {
    return path.join(this.folder, 'hosts.ini');
  }
  /** An empty one where there is only one. */
  private get machines(): string[] {
    return this.topic.machines?.map(({ id }) => id) ?? [''];
  }

  private pictureOf(lab: string): Picture {
    return pictureOf(lab, isLeftOut, meaningOf(this.topic.id));
  }
  private picture(): Picture {
    const all = this.pictureOf(this.lab);
    const names = Object.keys(all);
    const isRole = (name: string) => !this.mounts.has(name) || names.some((other) => other.startsWith(`${name}/`) && !this.mounts.has(other));
    return Object.fromEntries(Object.entries(all).filter(([name]) => isRole(name)));
  }

  /** What somebody does by hand before a command, the lab has as a script in front of it. */
  private doByHand(files: CompiledFiles): void {
    const values = this.topic.parameters.parse(resolveLabFiles(checkParameters(this.topic, {}).values)) as Record<string, unknown>;
    const steps = stepsFor(this.topic, values, { target: { kind: 'lab' }, rehearsal: true, ...(this.topic.machines && { machines: this.machines }) });
    for (const step of steps) {
      const lab = byHand(step);
      const name = [...files.keys()].find((each) => new RegExp(`/${step.id}\\.sh(?:\\.j2)?$`).test(each));
      if (lab && name) files.set(name, `${renderScript(lab, (file) => file)} || exit\n${files.get(name)}`);
    }
  }
}

const byHand = (step: Step) => (step.kind === 'command' ? step.lab : undefined);

const variables = [
  'ansible_ssh_transfer_method=piped',
  "ansible_ssh_args=''",
  // In a lab nobody becomes root: it is its user's.
  'ansible_become=false',
  'ansible_remote_tmp=/.wb/home/tmp',
  'ansible_python_interpreter=/usr/bin/python3',
];
