import { describe, expect, it } from 'vitest';
import { systemKinds } from './system-kinds.ts';
import { anySummary, catalogue } from './topic-registry.ts';

describe('systemKinds', () => {
  it.each([
    [{ platforms: ['OS X Server', 'Linux'] }, ['linux', 'macos']],
    [{ platforms: ['Mac OS X 10.6', 'OS X 10.7'] }, ['macos']],
    [{ platforms: ['Windows 11', 'Windows 10', 'Linux rescue system'] }, ['linux', 'windows']],
    [{ platforms: ['UEFI shell'], targets: ['console', 'hand'] as const }, ['firmware', 'console']],
    [{ platforms: ['BIND 9.14 or newer'], systems: { oneOf: [{ os: 'linux' }, { os: 'freebsd' }] } }, ['linux', 'freebsd']],
    [{ platforms: ['No target'] }, []],
  ])('%j → %j', (topic, kinds) => expect(systemKinds(topic)).toEqual(kinds));

  it('knows one for every procedure, which a filter would hide for good otherwise', () => {
    for (const topic of catalogue) if (topic.kind === 'procedure') expect(anySummary(topic).systems, topic.id).not.toEqual([]);
  });
});
