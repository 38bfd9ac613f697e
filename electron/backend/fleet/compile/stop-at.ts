/**
 * Begins no further batch once so many hosts have failed: counted over all batches, at the beginning of each. A host has failed that answered and did not
 * get through; one that was lost on the way is among them, one that never answered is not. Pure.
 */
import { importOf } from './role-files.ts';
import type { RoleNames } from './role-names.ts';
import type { Compiling, Task } from './role-tasks.ts';

/** File of the role's tasks, and what their names begin with. */
export const stopFile = 'stop-at';
export const stopVariable = (role: string): string => `${role}_stop_at`;

const gotThrough = ({ names }: Pick<Compiling, 'names'>) => names.variable('got', 'through');
const failedHosts = (role: string) => `${role}_failed_hosts`;

/** For a set_fact: whether the host has got through what it has begun. */
export const throughFact = (compiling: Compiling, through: boolean): Record<string, boolean> => ({ [gotThrough(compiling)]: through });

export const stopImport = () => importOf(stopFile, 'End here if enough hosts have failed');

export function stopTasks({ names: { role } }: Compiling): Task[] {
  const [failed, limit] = [failedHosts(role), stopVariable(role)];
  const common = { when: [`${limit} | int > 0`, `${failed} | length >= ${limit} | int`], tags: ['always'] };
  return [
    {
      name: `${stopFile}: Say that enough hosts have failed`,
      'ansible.builtin.debug': {
        msg: `Enough hosts have failed (limit {{ ${limit} }}): {{ ${failed} | join(', ') }}. No further batch begins.`,
      },
      run_once: true,
      ...common,
    },
    { name: `${stopFile}: End here, as enough hosts have failed`, 'ansible.builtin.meta': 'end_play', ...common },
  ];
}

/** The role's own variables: whom it counts. */
export function stopVariables(names: RoleNames): Record<string, string> {
  const [system, through, answering] = [names.variable('system'), gotThrough({ names }), `${names.role}_answering_hosts`];
  const named = "map(attribute='inventory_hostname')";
  return {
    [answering]: `{{ groups['all'] | map('extract', hostvars) | selectattr('${system}', 'defined') | rejectattr('${system}.unreachable', 'defined') | ${named} | list }}`,
    [failedHosts(names.role)]:
      `{{ ${answering} | difference(${answering} | map('extract', hostvars) | selectattr('${through}', 'defined') | selectattr('${through}') | ${named}) }}`,
  };
}
