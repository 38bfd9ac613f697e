/** What the last check says of each host: what would change there, or why that is not known. Pure. */
import type { ChangeGroup, FleetStep } from '../../../../shared/api/fleet.ts';
import { describedGroups } from './change-groups.ts';
import { type HostRow, isTrouble } from './host-row.ts';

/** Hosts on which the same would change, the largest group first. */
export function changeGroups(hosts: readonly HostRow[], all: readonly FleetStep[]): ChangeGroup[] {
  const groups = new Map<string, Pick<ChangeGroup, 'hosts' | 'steps'>>();
  for (const { name, cells } of hosts) {
    const steps = all.flatMap(({ id, title }, at) => {
      const tasks = (cells[at]?.tasks ?? []).filter(({ kind, result }) => kind === 'check' && result?.changed);
      const diff = tasks.map(({ name: task, result }) => result?.said.diff || `${task}: would change\n`).join('');
      return diff === '' ? [] : [{ id, title, diff }];
    });
    if (steps.length === 0) continue;
    const key = JSON.stringify(steps.map(({ id, diff }) => [id, diff.replaceAll(name, '{{ host }}')]));
    const group = groups.get(key);
    if (group) group.hosts.push(name);
    else groups.set(key, { hosts: [name], steps });
  }
  return describedGroups([...groups.values()]);
}

/** Hosts of which it is not known, and why. */
export function unseenByCheck(hosts: readonly HostRow[]): { host: string; why: string }[] {
  return hosts.flatMap((host) => {
    const silent = host.apart.length === 0 && host.cells.every(({ tasks }) => tasks.length === 0);
    const unknown = host.cells.some(({ status }) => status === 'unknown');
    const why = isTrouble(host) ? host.says || 'It failed.' : silent ? 'Nothing came back from it.' : unknown ? 'A step gave nothing back.' : null;
    return why === null ? [] : [{ host: host.name, why }];
  });
}
