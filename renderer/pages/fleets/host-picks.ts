/** What was chosen as hosts, for each machine of a procedure, and what that comes to. Pure. */
import type { ChosenHost, FoundHosts, HostSource } from '../../../shared/api/fleet.ts';

export interface PickedInventory {
  path: string;
  group: string;
  found: FoundHosts;
}
export interface HostPick {
  text: string;
  tags: string[];
  /** Of names in the ssh configuration. */
  pattern: string;
  inventories: readonly PickedInventory[];
}
/** By machine; a procedure with one has it under the empty name. */
export type HostPicks = Readonly<Record<string, HostPick>>;
export const noPick: HostPick = { text: '', tags: [], pattern: '', inventories: [] };
export const noneFound: FoundHosts = { hosts: [], troubles: [], twice: [] };

/** Machines in this order: a host that two of them name is the first one's. */
export const sourcesOf = (picks: HostPicks, roles: readonly string[]): HostSource[] =>
  roles.flatMap((role) => {
    const { text, tags, pattern } = picks[role] ?? noPick;
    return [
      ...(text.trim() ? [{ kind: 'list' as const, text, role }] : []),
      ...tags.map((tag) => ({ kind: 'tag' as const, tag, role })),
      ...(pattern.trim() ? [{ kind: 'ssh-config' as const, pattern: pattern.trim(), role }] : []),
    ];
  });

export const inventoriesOf = (picks: HostPicks, roles: readonly string[]) =>
  roles.flatMap((role) => (picks[role] ?? noPick).inventories.map(({ path, group }) => ({ kind: 'inventory' as const, path, group, role })));

export interface AllFound {
  /** Names by machine. */
  byRole: Readonly<Record<string, string[]>>;
  count: number;
  troubles: FoundHosts['troubles'];
  twice: string[];
}

/** `found`: of everything but inventories, which bring their own. */
export function allFound(picks: HostPicks, roles: readonly string[], found: FoundHosts): AllFound {
  const taken = new Map<string, string>();
  const twice = new Set(found.twice);
  const take = (role: string) => (host: ChosenHost) => {
    if (taken.has(host.name)) twice.add(host.name);
    else taken.set(host.name, role);
  };
  for (const host of found.hosts) take(host.role)(host);
  const inventories = roles.flatMap((role) => (picks[role] ?? noPick).inventories.map((inventory) => ({ ...inventory, role })));
  for (const inventory of inventories) {
    inventory.found.hosts.forEach(take(inventory.role));
    for (const name of inventory.found.twice) twice.add(name);
  }
  const namesOf = (role: string) => [...taken].flatMap(([name, of]) => (of === role ? [name] : []));
  return {
    byRole: Object.fromEntries(roles.map((role) => [role, namesOf(role)])),
    count: taken.size,
    troubles: [...found.troubles, ...inventories.flatMap((inventory) => inventory.found.troubles)],
    twice: [...twice],
  };
}
