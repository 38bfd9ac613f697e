/** A role's task files: one a step, and those that put them in order. Of a procedure with several machines, one for each stretch on one of them. Pure. */
import type { Step } from '../../../../shared/topic-kit/index.ts';
import { commandTasks } from './command-tasks.ts';
import { editTasks } from './edit-tasks.ts';
import { decideTasks, prepareTasks, probeTasks } from './role-start.ts';
import { type CompiledStep, type Compiling, keepState, type Task } from './role-tasks.ts';
import { undoEnd, undoTasks } from './undo-tasks.ts';

/** A stretch of a play: tasks of the role on one machine. */
export interface Part {
  /** File of the role's tasks, without `.yml`. */
  file: string;
  /** Null for the only machine. */
  machine: string | null;
  /** Only reads, so that all hosts can do it at the same time. */
  reads: boolean;
}
export interface RoleParts {
  tasks: Map<string, Task[]>;
  handlers: Task[];
  apply: Part[];
  undo: Part[];
}

export function roleParts(compiling: Compiling, values: Record<string, unknown>): RoleParts {
  const { plan, steps, topic } = compiling;
  const tasks = new Map<string, Task[]>();
  const handlers: Task[] = [];
  const compiled = plan.steps.flatMap((planned): CompiledStep[] => {
    const step = steps.find(({ id }) => id === planned.id);
    return step && planned.kind !== 'manual' ? [{ planned, step }] : [];
  });
  for (const { planned, step } of compiled) {
    if (step.kind === 'edit') {
      const edit = editTasks(compiling, { planned, step });
      tasks.set(planned.id, [edit.tasks]);
      handlers.push(...edit.handlers);
    } else if (step.kind === 'command') tasks.set(planned.id, [commandTasks(compiling, { planned, step })]);
    const undo = undoTasks(compiling, { planned, step });
    if (undo) tasks.set(`undo/${planned.id}`, [undo]);
  }
  const whole = { tasks, handlers };
  const undone = compiled.filter(({ planned }) => tasks.has(`undo/${planned.id}`)).reverse();
  if (!topic.machines) return { ...whole, ...onOne(compiling, values, compiled, undone, tasks) };
  return { ...whole, ...onSeveral(compiling, values, compiled, undone, tasks) };
}

/** `file`: of the role's tasks, without `.yml`. */
const importOf = (file: string, name: string): Task => ({ name, 'ansible.builtin.import_tasks': `${file}.yml` });
const stepImport = ({ planned: { id, number } }: CompiledStep) => importOf(id, `Step ${number}, ${id}`);
const undoImport = ({ planned: { id, number } }: CompiledStep) => importOf(`undo/${id}`, `Undo step ${number}, ${id}`);

function onOne(
  compiling: Compiling,
  values: Record<string, unknown>,
  steps: readonly CompiledStep[],
  undone: readonly CompiledStep[],
  tasks: Map<string, Task[]>,
) {
  tasks.set('prepare', prepareTasks(compiling));
  if (compiling.topic.probe)
    tasks.set('probe', [...probeTasks(compiling, values), ...decideTasks(compiling, `{'': ${compiling.names.variable('probe', 'seen')}}`)]);
  tasks.set('finish', finish(compiling));
  tasks.set('undo-end', undoEnd(compiling, compiling.names.variable('state')));
  const prepare = importOf('prepare', 'Prepare the host');
  tasks.set('main', [
    prepare,
    ...(compiling.topic.probe ? [importOf('probe', 'Check whether the procedure applies')] : []),
    ...steps.map(stepImport),
    importOf('finish', 'Finish'),
  ]);
  tasks.set('undo', [prepare, ...undone.map(undoImport), importOf('undo-end', 'Finish')]);
  return { apply: [{ file: 'main', machine: null, reads: false }], undo: [{ file: 'undo', machine: null, reads: false }] };
}

function onSeveral(
  compiling: Compiling,
  values: Record<string, unknown>,
  steps: readonly CompiledStep[],
  undone: readonly CompiledStep[],
  tasks: Map<string, Task[]>,
) {
  const { topic, plan, names } = compiling;
  const machines = (topic.machines ?? []).filter(({ id }) => plan.machines?.some((machine) => machine.id === id));
  const looked = topic.probe
    ? (topic.probe.machines ?? machines.slice(0, 1).map(({ id }) => id)).filter((id) => machines.some((machine) => machine.id === id))
    : [];
  const [state, seenThere] = [names.variable('state'), names.variable('probe', 'seen')];
  const first = (id: string) => `hostvars[groups['${id}'][0]]`;
  const start = machines.map((machine): Part => {
    const { id } = machine;
    const looks = looked.includes(id);
    tasks.set(`${id}/prepare`, prepareTasks(compiling, machine));
    if (looks) tasks.set(`${id}/probe`, probeTasks(compiling, values, machine));
    tasks.set(`start-${id}`, [importOf(`${id}/prepare`, 'Prepare the host'), ...(looks ? [importOf(`${id}/probe`, 'Look at the host')] : [])]);
    const seen = `{${looked.map((other) => `'${other}': ${other === id ? seenThere : `${first(other)}.${seenThere}`}`).join(', ')}}`;
    if (topic.probe) tasks.set(`${id}/decide/probe`, decideTasks(compiling, seen));
    tasks.set(`${id}/share/prepare`, [
      share(
        compiling,
        machines.filter((other) => other !== machine).map((other) => first(other.id)),
      ),
    ]);
    return { file: `start-${id}`, machine: id, reads: true };
  });
  let before = { file: '', first: '' };
  const stretches = (of: readonly CompiledStep[], prefix: string, imported: (step: CompiledStep) => Task, decides: boolean) =>
    stretchesOf(of).map(({ on, steps: own }, index): Part => {
      const file = `${prefix}-${index + 1}-${on}`;
      tasks.set(file, [
        ...(decides ? [importOf(`${on}/decide/probe`, 'Decide whether the procedure applies')] : []),
        ...(index > 0 ? [onlyAfter(compiling, file, before)] : []),
        importOf(`${on}/share/prepare`, 'Read what the other machines have found'),
        ...own.map(imported),
        through(compiling, file),
      ]);
      before = { file, first: first(on) };
      return { file, machine: on, reads: own.every(({ planned }) => planned.danger === 'reads') };
    });
  tasks.set('finish', finish(compiling));
  tasks.set('undo-end', undoEnd(compiling, state));
  const end = (file: string) => machines.map(({ id }): Part => ({ file, machine: id, reads: false }));
  return {
    apply: [...start, ...stretches(steps, 'apply', stepImport, topic.probe !== undefined), ...end('finish')],
    undo: [...start, ...stretches(undone, 'undo', undoImport, false), ...end('undo-end')],
  };
}

/** What the first host of the other machines has read is known on this one, and whether something was changed there. */
const share = ({ names }: Compiling, others: readonly string[]): Task => {
  const of = (name: string) => others.map((other) => `${other}.${names.variable(name)}`);
  return {
    name: 'prepare: Read what the other machines have found',
    'ansible.builtin.set_fact': {
      [names.variable('state')]: `{{ ${names.variable('state')} | ${names.role}_sharing([${of('state').join(', ')}]) }}`,
      [names.variable('elsewhere')]: `{{ [${of('changed').join(', ')}] is any }}`,
    },
    tags: ['always'],
  };
};

/** Steps on one machine build on those on another: where these did not get through, nothing more is done. */
const onlyAfter = ({ names }: Compiling, file: string, before: { file: string; first: string }): Task => ({
  name: `${file}: Stop where the steps before this did not get through`,
  'ansible.builtin.assert': {
    that: [`${before.first}.${names.variable('through')} | default('') == '${before.file}'`],
    fail_msg: `Steps on another machine failed (${before.file}). Fix that, and start again.`,
    quiet: true,
  },
  tags: ['always'],
});
const through = ({ names }: Compiling, file: string): Task => ({
  name: `${file}: Note that they got through`,
  'ansible.builtin.set_fact': { [names.variable('through')]: file },
  tags: ['always'],
});

function stretchesOf(steps: readonly CompiledStep[]): { on: string; steps: CompiledStep[] }[] {
  const found: { on: string; steps: CompiledStep[] }[] = [];
  for (const step of steps) {
    const on = step.planned.on ?? '';
    const last = found.at(-1);
    if (last?.on === on) last.steps.push(step);
    else found.push({ on, steps: [step] });
  }
  return found;
}

/** Only where something has changed: a second run changes nothing, not even this. */
const finish = (compiling: Compiling): Task[] => {
  const [state, changed] = [compiling.names.variable('state'), compiling.names.variable('changed')];
  return [
    {
      name: 'finish: Note that all steps are done',
      'ansible.builtin.set_fact': { [state]: `{{ ${state} | ${compiling.names.role}_finished }}` },
      when: changed,
    },
    keepState(compiling, 'finish: Keep that all steps are done', [changed, `${state}.steps != {}`]),
  ].map((task) => ({ ...task, tags: ['finish'] }));
};

/** Steps that are done by hand, before the others and behind them. */
export function byHand(steps: readonly Step[], compiled: ReadonlySet<string>): { before: Step[]; after: Step[] } {
  const last = steps.findLastIndex(({ id, danger }) => compiled.has(id) && danger !== 'reads');
  const manual = (from: number, to: number) => steps.slice(from, to).filter(({ kind }) => kind === 'manual');
  const first = steps.findIndex(({ id, danger }) => compiled.has(id) && danger !== 'reads');
  return { before: manual(0, Math.max(first, 0)), after: manual(last + 1, steps.length) };
}
