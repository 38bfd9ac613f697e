import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { stubSessionStorage } from '../../stores/session-storage.test-kit.ts';
import { noPick } from './host-picks.ts';
import { keepHosts, keptHosts } from './kept-hosts.ts';

let kept: Map<string, string>;
beforeEach(() => {
  kept = stubSessionStorage();
});
afterEach(() => vi.unstubAllGlobals());

it('gives back the hosts that were typed for each machine, and no inventory', () => {
  const inventory = { path: '/srv/hosts.ini', group: 'all', found: { hosts: [], troubles: [], twice: [] } };
  keepHosts({ head: { ...noPick, text: 'login1\n', inventories: [inventory] }, node: { ...noPick, text: 'n[01:20]', tags: ['rack-2'], pattern: 'n*' } });
  expect(keptHosts()).toEqual({ head: { ...noPick, text: 'login1\n' }, node: { ...noPick, text: 'n[01:20]', tags: ['rack-2'], pattern: 'n*' } });
  expect([...kept.values()].join()).not.toContain('hosts.ini');
  keepHosts({ head: noPick });
  expect([keptHosts(), kept.size]).toEqual([{}, 0]);
});

it('keeps no line that looks like a variable, as it may hold a password', () => {
  keepHosts({ '': { ...noPick, text: 'web1\nweb2 ansible_password=sesame\nweb3' } });
  expect([keptHosts()['']?.text, [...kept.values()].join().includes('sesame')]).toEqual(['web1\nweb3', false]);
});

it.each(['{', '"x"', '{"hosts":"{"}', '{"hosts":"7"}', '{"hosts":"{\\"\\":{\\"text\\":7,\\"tags\\":[7]}}"}'])('takes nothing from %s', (text) => {
  keepHosts({ '': { ...noPick, text: 'web1' } });
  for (const key of kept.keys()) kept.set(key, text);
  expect(Object.values(keptHosts()).filter(({ text: hosts, tags }) => hosts !== '' || tags.length > 0)).toEqual([]);
});
