/** All hosts that were chosen, from wherever they were named, each once. */
import { type AnyHostSource, type ChosenHost, chosenHost, type FoundHosts, type HostTrouble } from '../../../../shared/api/fleet.ts';
import type { Target } from '../../../../shared/api/target.ts';
import { type ListedHost, readHostList } from './host-list.ts';
import type { Inventory } from './inventory-entry.ts';

export interface HostPlaces {
  targets(): readonly Target[];
  /** Names in the ssh client's configuration. */
  sshHosts(): Promise<readonly string[]>;
  inventory(path: string): Promise<Inventory>;
}
/** With the variables that an inventory has for it. */
export type GatheredHost = ChosenHost & { vars: Record<string, unknown> };
export interface Gathered extends Omit<FoundHosts, 'hosts'> {
  hosts: GatheredHost[];
}

/** One bad entry costs that entry. Throws `bad-parameters` for an inventory that can't be read at all. */
export async function gatherHosts(sources: readonly AnyHostSource[], places: HostPlaces): Promise<Gathered> {
  const hosts = new Map<string, GatheredHost>();
  const troubles: HostTrouble[] = [];
  const twice = new Set<string>();
  for (const source of sources) {
    const found = await hostsOf(source, places);
    troubles.push(...found.troubles);
    for (const name of found.twice) twice.add(name);
    for (const host of found.hosts) {
      const checked = chosenHost.safeParse(host);
      if (!checked.success) troubles.push({ entry: host.name, why: `it is not a host name that ssh takes (${host.from})` });
      else if (hosts.has(host.name)) twice.add(host.name);
      else hosts.set(host.name, { ...checked.data, vars: host.vars });
    }
  }
  return { hosts: [...hosts.values()], troubles, twice: [...twice] };
}

async function hostsOf(source: AnyHostSource, places: HostPlaces): Promise<Gathered> {
  const { role } = source;
  const plain = (host: ListedHost, from: string): GatheredHost => ({ ...host, role, from, vars: {} });
  switch (source.kind) {
    case 'list': {
      const { hosts, ...rest } = readHostList(source.text);
      return { hosts: hosts.map((host) => plain(host, 'the pasted list')), ...rest };
    }
    case 'ssh-config': {
      const names = (await places.sshHosts()).filter(matches(source.pattern));
      const troubles = names.length > 0 ? [] : [{ entry: source.pattern, why: 'no Host of your ssh configuration has such a name' }];
      return { hosts: names.map((name) => plain({ name }, 'your ssh configuration')), troubles, twice: [] };
    }
    case 'tag': {
      const found = places.targets().filter(({ tags, group }) => tags.includes(source.tag) || group === source.tag);
      const none = found.length > 0 ? [] : [{ entry: source.tag, why: 'no target in the list has this tag or group' }];
      return fromTargets(found, none, (target) => plain(target, `the list of targets, ${source.tag}`));
    }
    case 'targets': {
      const known = new Map(places.targets().map((target) => [target.id, target]));
      const missing = source.ids.filter((id) => !known.has(id)).map((entry) => ({ entry, why: 'it is not in the list of targets' }));
      const found = source.ids.flatMap((id) => known.get(id) ?? []);
      return fromTargets(found, missing, (target) => plain(target, 'the list of targets'));
    }
    case 'inventory': {
      const inventory = await places.inventory(source.path);
      const members = inventory.groups.get(source.group) ?? inventory.hosts.flatMap(({ name }) => (name === source.group ? [name] : []));
      const troubles =
        members.length > 0 ? inventory.troubles : [...inventory.troubles, { entry: source.group, why: `${source.path} has no such group or host` }];
      const chosen = new Set(members);
      const hosts = inventory.hosts.filter(({ name }) => chosen.has(name)).map(({ name, vars }) => ({ name, role, from: source.path, vars }));
      return { hosts, troubles, twice: inventory.twice };
    }
  }
}

function fromTargets(targets: readonly Target[], troubles: HostTrouble[], plain: (host: ListedHost) => GatheredHost): Gathered {
  const hosts: GatheredHost[] = [];
  for (const { name, connection } of targets) {
    if (connection.kind !== 'ssh') troubles.push({ entry: name, why: 'Ansible reaches hosts by ssh only' });
    else {
      const { host, user, port } = connection;
      hosts.push(plain({ name: host, ...(user !== undefined && { user }), ...(port !== undefined && { port }) }));
    }
  }
  return { hosts, troubles, twice: [] };
}

/** `*` and `?` in names, in time that is no more than their lengths multiplied. */
function matches(pattern: string): (name: string) => boolean {
  return (name) => {
    let [at, star, resume] = [0, -1, 0];
    for (let index = 0; index < name.length; ) {
      if (pattern[at] === '*') [star, resume, at] = [at, index, at + 1];
      else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[index])) [at, index] = [at + 1, index + 1];
      else if (star >= 0) [at, resume, index] = [star + 1, resume + 1, resume + 1];
      else return false;
    }
    return /^\**$/.test(pattern.slice(at));
  };
}
