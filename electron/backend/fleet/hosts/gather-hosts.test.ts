import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { AnyHostSource } from '../../../../shared/api/fleet.ts';
import type { Target } from '../../../../shared/api/target.ts';
import { type GatheredHost, gatherHosts } from './gather-hosts.ts';
import { readIniInventory } from './ini-inventory.ts';
import { fromListing } from './read-inventory.ts';
import { withoutSecrets } from './secret-variables.ts';
import { inventoryText } from './written-inventory.ts';

const target = (id: string, connection: Target['connection'], tags: string[]): Target => ({
  id,
  name: id,
  connection,
  root: 'sudo',
  group: '',
  tags,
  note: '',
});
const targets = [
  target('db', { kind: 'ssh', host: 'db1', user: 'admin', port: 2222 }, ['prod']),
  target('web', { kind: 'ssh', host: 'web1' }, ['prod']),
  target('here', { kind: 'local' }, ['prod']),
];
const places = {
  targets: () => targets,
  sshHosts: async () => ['jump', 'node1', 'node22', 'nod'],
  inventory: async () => readIniInventory('[gpu]\ngpu[1:2] ansible_user=ops ansible_become_password=hunter2x\nweb1\n[rest]\nx\n'),
};
const gather = (...sources: AnyHostSource[]) => gatherHosts(sources, places);
const role = '';

describe('hosts', () => {
  it('come from all places, each once, with where they were named', async () => {
    const { hosts, troubles, twice } = await gather(
      { kind: 'list', text: 'web1', role },
      { kind: 'tag', tag: 'prod', role },
      { kind: 'ssh-config', pattern: 'node*', role },
      { kind: 'inventory', path: '/i', group: 'gpu', role },
    );
    expect(hosts.map(({ name, from }) => `${name}: ${from}`)).toEqual([
      'web1: the pasted list',
      'db1: the list of targets, prod',
      'node1: your ssh configuration',
      'node22: your ssh configuration',
      'gpu1: /i',
      'gpu2: /i',
    ]);
    expect(hosts[1]).toMatchObject({ user: 'admin', port: 2222 });
    expect(twice).toEqual(['web1']);
    expect(troubles).toEqual([{ entry: 'here', why: 'Ansible reaches hosts by ssh only' }]);
  });
  it('that nobody has are told, for each source', async () => {
    const { hosts, troubles } = await gather(
      { kind: 'tag', tag: 'none', role },
      { kind: 'ssh-config', pattern: 'n?', role },
      { kind: 'targets', ids: ['gone'], role },
      { kind: 'inventory', path: '/i', group: 'missing', role },
    );
    expect(hosts).toEqual([]);
    expect(troubles.map(({ entry }) => entry)).toEqual(['none', 'n?', 'gone', 'missing']);
  });
  it('are what ansible-inventory lists', () => {
    const { hosts, groups } = fromListing({
      _meta: { hostvars: { a: { x: 1 } } },
      all: { children: ['ungrouped', 'site'] },
      site: { children: ['web'], hosts: ['b'] },
      web: { hosts: ['a'] },
    } as unknown as Parameters<typeof fromListing>[0]);
    expect(hosts).toEqual([
      { name: 'b', vars: {} },
      { name: 'a', vars: { x: 1 } },
    ]);
    expect(groups.get('site')).toEqual(['b', 'a']);
  });
});

describe('the written inventory', () => {
  const host = (name: string, vars: Record<string, unknown> = {}): GatheredHost => ({ name, role: 'node', from: '', vars });
  it('has no secret of the one it came from, and says so', () => {
    const { hosts, troubles } = withoutSecrets([host('a', { ansible_become_password: 'x', ansible_user: 'ops', key: { __ansible_vault: '…' }, bypass: 1 })]);
    expect(hosts[0]?.vars).toEqual({ ansible_user: 'ops', bypass: 1 });
    expect(troubles.map(({ entry }) => entry)).toEqual(['ansible_become_password', 'key']);
  });
  it('has exactly these hosts, and checks host keys whatever else is said', () => {
    const weak = { ansible_ssh_args: '-o StrictHostKeyChecking=no' };
    const { all } = parse(inventoryText([host('a', weak), { ...host('b'), port: 22, user: 'u' }], ['node'], { config: '/x/my "config"', password: false })) as {
      all: { vars: Record<string, string>; hosts: Record<string, Record<string, unknown>>; children: unknown };
    };
    expect(all.children).toEqual({ node: { hosts: { a: {}, b: {} } } });
    expect(all.hosts.b).toEqual({ ansible_user: 'u', ansible_port: 22 });
    // ssh takes the first value.
    expect(all.hosts.a?.ansible_ssh_args).toMatch(/^-o StrictHostKeyChecking=yes -o BatchMode=yes .*StrictHostKeyChecking=no$/);
    expect(all.vars.ansible_ssh_args).toContain('-F "/x/my \\"config\\""');
  });
});
