/** What the task files of a role have in common: the stretches of plays that they are, how one takes in another, and how all end. Pure. */
import { type Compiling, keepState, type Task } from './role-tasks.ts';
import type { CompiledStep } from './step-place.ts';

/** A stretch of a play: tasks of the role on one machine. */
export interface Part {
  /** File of the role's tasks, without `.yml`. */
  file: string;
  /** Null for the only machine. */
  machine: string | null;
  /** Of its hosts only the first. */
  one: boolean;
  /** Only reads, so that all hosts can do it at the same time. */
  reads: boolean;
}
/** `file`: of the role's tasks, without `.yml`. */
export const importOf = (file: string, name: string): Task => ({ name, 'ansible.builtin.import_tasks': `${file}.yml` });
export const stepImport = ({ planned: { id, number } }: CompiledStep) => importOf(id, `Step ${number}, ${id}`);
export const undoImport = ({ planned: { id, number } }: CompiledStep) => importOf(`undo/${id}`, `Undo step ${number}, ${id}`);

/** Only where something has changed: a second run changes nothing, not even this. */
export const finish = (compiling: Compiling): Task[] => {
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
