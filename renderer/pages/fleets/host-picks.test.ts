import { expect, it } from 'vitest';
import { allFound, type HostPicks, inventoriesOf, noPick, sourcesOf } from './host-picks.ts';

const host = (name: string, role = '') => ({ name, role, from: 'test' });
const picks: HostPicks = {
  head: { ...noPick, text: 'login1' },
  node: {
    ...noPick,
    tags: ['compute'],
    pattern: ' n* ',
    inventories: [
      { path: '/etc/hosts.ini', group: 'nodes', found: { hosts: [host('n9'), host('login1')], troubles: [{ entry: 'x', why: 'y' }], twice: ['n8'] } },
    ],
  },
};

it('names the hosts of each machine under its role', () => {
  expect(sourcesOf(picks, ['head', 'node'])).toEqual([
    { kind: 'list', text: 'login1', role: 'head' },
    { kind: 'tag', tag: 'compute', role: 'node' },
    { kind: 'ssh-config', pattern: 'n*', role: 'node' },
  ]);
  expect(inventoriesOf(picks, ['head', 'node'])).toEqual([{ kind: 'inventory', path: '/etc/hosts.ini', group: 'nodes', role: 'node' }]);
  expect(sourcesOf(picks, ['head'])).toHaveLength(1);
});

it('gives a host that is named twice to the machine that named it first, and says so', () => {
  const found = allFound(picks, ['head', 'node'], { hosts: [host('login1', 'head'), host('n1', 'node')], troubles: [], twice: [] });
  expect(found.byRole).toEqual({ head: ['login1'], node: ['n1', 'n9'] });
  expect(found.count).toBe(3);
  expect(found.twice.sort()).toEqual(['login1', 'n8']);
  expect(found.troubles).toEqual([{ entry: 'x', why: 'y' }]);
});
