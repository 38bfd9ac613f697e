/** A role's task files: one a step, and those that put them in order. Pure. */
import type { Step } from '../../../../shared/topic-kit/index.ts';
import { commandTasks } from './command-tasks.ts';
import { editTasks } from './edit-tasks.ts';
import { finish, importOf, type Part, stepImport, undoImport } from './role-files.ts';
import { decideTasks, prepareTasks, probeTasks } from './role-start.ts';
import type { Compiling, Task } from './role-tasks.ts';
import { onSeveral } from './several-machines.ts';
import type { CompiledStep } from './step-place.ts';
import { stopFile, stopImport, stopTasks, throughFact } from './stop-at.ts';
import { undoEnd, undoTasks } from './undo-tasks.ts';

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
  const through = (file: string): Task => ({
    name: `${file}: Note that this host got through`,
    'ansible.builtin.set_fact': throughFact(compiling, true),
    tags: ['always'],
  });
  tasks.set(stopFile, stopTasks(compiling));
  tasks.set('finish', [...finish(compiling), through('finish')]);
  tasks.set('undo-end', [...undoEnd(compiling, compiling.names.variable('state')), through('undo-end')]);
  const prepare = importOf('prepare', 'Prepare the host');
  tasks.set('main', [
    stopImport(),
    prepare,
    ...(compiling.topic.probe ? [importOf('probe', 'Check whether the procedure applies')] : []),
    ...steps.map(stepImport),
    importOf('finish', 'Finish'),
  ]);
  tasks.set('undo', [stopImport(), prepare, ...undone.map(undoImport), importOf('undo-end', 'Finish')]);
  return { apply: [{ file: 'main', machine: null, one: false, reads: false }], undo: [{ file: 'undo', machine: null, one: false, reads: false }] };
}

/** Steps that are done by hand, before the others and behind them. */
export function byHand(steps: readonly Step[], compiled: ReadonlySet<string>): { before: Step[]; after: Step[] } {
  const last = steps.findLastIndex(({ id, danger }) => compiled.has(id) && danger !== 'reads');
  const manual = (from: number, to: number) => steps.slice(from, to).filter(({ kind }) => kind === 'manual');
  const first = steps.findIndex(({ id, danger }) => compiled.has(id) && danger !== 'reads');
  return { before: manual(0, Math.max(first, 0)), after: manual(last + 1, steps.length) };
}
