/** What all tasks of a role have in common: names, tags, how a script is run and judged. Pure. */
import type { Plan, PlannedFact, PlannedStep } from '../../../../shared/api/plan.ts';
import type { Step, Topic } from '../../../../shared/topic-kit/index.ts';
import type { Part } from '../rules/answer.ts';
import { jinjaText, plainWords, type RoleNames } from './role-names.ts';
import { type CompiledFiles, scriptCommand } from './script-files.ts';
import { type CompiledStep, placeOf } from './step-place.ts';

export type Task = Record<string, unknown>;

/** What is compiled, and where its files go. */
export interface Compiling {
  topic: Topic;
  plan: Plan;
  steps: readonly Step[];
  names: RoleNames;
  files: CompiledFiles;
  /** Folder on the hosts with what the undo needs; only the user who runs the steps reads it. */
  stateFolder: string;
  /** Some step needs root: then what is kept for the undo is root's. */
  asRoot: boolean;
}

const root = (needed: boolean) => (needed ? { become: true } : {});
export const stateRoot = ({ asRoot }: Compiling) => root(asRoot);

export class StepTasks {
  readonly planned: PlannedStep;
  /** What its commands have where another host runs them in the place of this one. */
  readonly elsewhere: Task;
  private readonly compiling: Compiling;

  constructor(compiling: Compiling, compiled: CompiledStep) {
    this.compiling = compiling;
    this.planned = compiled.planned;
    const { at } = placeOf(compiled);
    this.elsewhere = at === null ? {} : { delegate_to: `{{ groups['${at}'][0] }}` };
  }

  get state(): string {
    return this.compiling.names.variable('state');
  }
  get changed(): string {
    return this.compiling.names.variable('changed');
  }
  /** In Jinja: whether an earlier run stopped in this step. */
  get stoppedHere(): string {
    return `${this.compiling.names.variable('stopped')} == ${this.id}`;
  }
  /** In Jinja: whether an earlier run has come past this step and then stopped. What it had read is what the undo compares with. */
  get stoppedLater(): string | undefined {
    const changing = this.compiling.plan.steps.filter(({ danger, kind }) => danger !== 'reads' && kind !== 'manual');
    const later = changing.filter(({ number }) => number > this.planned.number).map(({ id }) => jinjaText(id));
    return later.length > 0 ? `(${this.filter(this.state, 'recorded', ...later)})` : undefined;
  }
  /** In Jinja: whether an earlier run that stopped had begun this step. */
  get recorded(): string {
    return `(${this.filter(this.state, 'recorded', this.id)})`;
  }
  variable(name: string): string {
    return this.compiling.names.variable(this.planned.id, name);
  }
  name(title: string): string {
    return `${this.planned.id}: ${plainWords(title)}`;
  }
  /** A filter of the role's, as in `value | FILTER(…)`. `words` are already Jinja. */
  filter(value: string, name: string, ...words: readonly string[]): string {
    return `${value} | ${this.compiling.names.role}_${name}${words.length > 0 ? `(${words.join(', ')})` : ''}`;
  }
  get id(): string {
    return jinjaText(this.planned.id);
  }

  /** Runs a text of the step and fails where the rules say so. `more`: what else the task has; `around`: what is put around the command. */
  run(part: Part, title: string, script: string, more: Task = {}, around: (command: string) => string = (command) => command): Task {
    const register = this.variable(part);
    return {
      name: this.name(title),
      'ansible.builtin.shell': { cmd: around(this.command(part, script)) },
      register,
      changed_when: false,
      failed_when: `(${this.filter(register, 'judged', this.id, jinjaText(part), this.state)}).failed`,
      ...this.elsewhere,
      ...more,
    };
  }
  /** The same for what only reads: it runs in a check as well. */
  read(part: Part, title: string, script: string, more: Task = {}): Task {
    return this.run(part, title, script, { check_mode: false, ...more });
  }
  command(part: Part, script: string): string {
    const { files, names } = this.compiling;
    const name = part === 'script' ? this.planned.id : `${this.planned.id}.${part === 'baseline' ? 'verify' : part}`;
    return scriptCommand(files, names, name, script, this.planned.facts as readonly PlannedFact[] | undefined);
  }

  usesFacts(script: string): boolean {
    return (this.planned.facts ?? []).some(({ mark }) => script.includes(mark));
  }

  set(title: string, values: Record<string, string | boolean>, more: Task = {}): Task {
    return { name: this.name(title), 'ansible.builtin.set_fact': values, ...more };
  }
  /** Keeps the state on the host, for the undo and for a run that goes on. */
  keep(title: string, when: readonly string[] = []): Task {
    return keepState(this.compiling, this.name(title), when);
  }
  makeFolder(when: readonly string[] = []): Task {
    return {
      name: this.name('Make the folder for what the undo needs'),
      'ansible.builtin.file': { path: this.compiling.stateFolder, state: 'directory', mode: '0700' },
      ...stateRoot(this.compiling),
      when: ['not ansible_check_mode', ...when],
    };
  }

  /** The step's tasks in one block, with the words for what failed. */
  block(tasks: readonly Task[], parts: readonly Part[], more: Task = {}): Task {
    const results = parts.map((part) => `${jinjaText(part)}: ${this.variable(part)} | default({})`).join(', ');
    return {
      name: this.name(this.planned.title),
      tags: [this.planned.id],
      ...root(this.planned.needsRoot),
      ...more,
      block: tasks,
      rescue: [
        {
          name: this.name('Say what failed'),
          'ansible.builtin.fail': { msg: `{{ ${this.filter(`{${results}}`, 'words', this.id, this.state, 'ansible_failed_result')} }}` },
        },
      ],
    };
  }
}

export const stateFile = ({ stateFolder }: Compiling): string => `${stateFolder}/state.json`;

export const keepState = (compiling: Compiling, name: string, when: readonly string[] = []): Task => ({
  name,
  'ansible.builtin.copy': { content: `{{ ${compiling.names.variable('state')} | to_nice_json }}\n`, dest: stateFile(compiling), mode: '0600' },
  ...stateRoot(compiling),
  diff: false,
  when: ['not ansible_check_mode', ...when],
});
