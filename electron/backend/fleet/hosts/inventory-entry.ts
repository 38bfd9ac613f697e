/** A host of an Ansible inventory, whoever read it: Ansible itself, or we where it is missing. */
import type { HostTrouble } from '../../../../shared/api/fleet.ts';

export interface InventoryHost {
  name: string;
  vars: Record<string, unknown>;
}
export interface Inventory {
  hosts: InventoryHost[];
  /** Names of hosts by group, with those of the groups within. */
  groups: ReadonlyMap<string, readonly string[]>;
  troubles: HostTrouble[];
  /** Named twice with variables that differ: the last ones count, as for Ansible. */
  twice: string[];
}

/** Gathers what a reader finds; groups may hold groups. */
export class InventoryDraft {
  private readonly hosts = new Map<string, Record<string, unknown>>();
  private readonly members = new Map<string, Set<string>>();
  private readonly children = new Map<string, Set<string>>();
  private readonly groupVars = new Map<string, Record<string, unknown>>();
  readonly troubles: HostTrouble[] = [];
  private readonly twice = new Set<string>();

  host(name: string, group: string, vars: Record<string, unknown>): void {
    const before = this.hosts.get(name);
    if (this.members.get(group)?.has(name)) this.twice.add(name);
    this.hosts.set(name, { ...before, ...vars });
    add(this.members, group, name);
  }
  child(group: string, child: string): void {
    add(this.children, group, child);
  }
  vars(group: string, vars: Record<string, unknown>): void {
    this.groupVars.set(group, { ...this.groupVars.get(group), ...vars });
  }

  get result(): Inventory {
    const names = [...new Set(['all', ...this.members.keys(), ...this.children.keys(), ...[...this.children.values()].flatMap((each) => [...each])])];
    const groups = new Map(names.map((name) => [name, name === 'all' ? [...this.hosts.keys()] : this.within(name, new Set())]));
    // The variables of a smaller group win over those of a larger one, and a host's own over both: nearly what Ansible does.
    const bySize = [...groups].sort(([, one], [, other]) => other.length - one.length);
    const hosts = [...this.hosts].map(([name, vars]) => {
      const inherited = bySize.flatMap(([group, members]) => (members.includes(name) ? [this.groupVars.get(group) ?? {}] : []));
      return { name, vars: Object.assign({}, ...inherited, vars) as Record<string, unknown> };
    });
    return { hosts, groups, troubles: this.troubles, twice: [...this.twice] };
  }

  private within(group: string, seen: Set<string>): string[] {
    if (seen.has(group)) return [];
    seen.add(group);
    const own = [...(this.members.get(group) ?? [])];
    return [...new Set([...own, ...[...(this.children.get(group) ?? [])].flatMap((child) => this.within(child, seen))])];
  }
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}
