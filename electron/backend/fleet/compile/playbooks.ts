/** site.yml and undo.yml: the plays, a canary host first. Pure. */
import type { Topic } from '../../../../shared/topic-kit/index.ts';
import type { Part } from './role-files.ts';
import { plainWords, type RoleNames } from './role-names.ts';
import type { Task } from './role-tasks.ts';
import { stopVariable } from './stop-at.ts';

export interface Rollout {
  /** Hosts at a time, one number or share a batch; the last one is repeated. */
  serial: readonly (number | string)[];
  /** Percent of a batch that may fail before the rest is left alone; null: any share. */
  maxFailPercentage: number | null;
  /** Failed hosts of all batches after which no further batch begins; null: none. */
  stopAt: number | null;
}
export const usualRollout: Rollout = { serial: [1, 10], maxFailPercentage: 0, stopAt: null };

export interface SecretVariable {
  variable: string;
  label: string;
}

export function playbook(
  topic: Pick<Topic, 'title' | 'machines'>,
  names: RoleNames,
  parts: readonly Part[],
  { title, rollout, secrets }: { title: string; rollout: Rollout; secrets: readonly SecretVariable[] },
): Task[] {
  return parts.map((part) => {
    const machine = topic.machines?.find(({ id }) => id === part.machine);
    return {
      name: plainWords(machine ? `${title}, on ${machine.title}${part.reads ? ', reading only' : ''}: ${part.file}` : title),
      hosts: part.machine === null ? 'all' : `${part.machine}${part.one ? '[0]' : ''}`,
      gather_facts: false,
      ...(!part.reads &&
        !part.one && { serial: [...rollout.serial], ...(rollout.maxFailPercentage !== null && { max_fail_percentage: rollout.maxFailPercentage }) }),
      ...(rollout.stopAt !== null && { vars: { [stopVariable(names.role)]: rollout.stopAt } }),
      ...(secrets.length > 0 && {
        vars_prompt: secrets.map(({ variable, label }) => ({ name: variable, prompt: `${label} (not shown)`, private: true })),
      }),
      tasks: [
        {
          name: 'Run the role',
          'ansible.builtin.import_role': { name: names.role, ...(part.file !== 'main' && { tasks_from: part.file }) },
        },
      ],
    };
  });
}
