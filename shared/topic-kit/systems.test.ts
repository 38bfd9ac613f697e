import { describe, expect, it } from 'vitest';
import type { TargetFacts } from '../api/target.ts';
import { type Systems, whyNotOn } from './systems.ts';

const facts = (id: string, version: string, more: Partial<TargetFacts> = {}, like: string[] = []): TargetFacts => ({
  readAt: '2026-01-01T00:00:00.000Z',
  os: { id, name: id, version, like },
  kernel: 'Linux 6.1.0',
  architecture: 'x86_64',
  hostName: 'db1',
  loginShell: '/bin/sh',
  user: 'root',
  uid: 0,
  tools: {},
  clockSkewSeconds: 0,
  ...more,
});

describe('systems a procedure is for', () => {
  const debians: Systems = {
    oneOf: [
      { os: 'debian', from: '10', before: '13' },
      { os: 'macos', before: '10.12' },
    ],
  };
  it.each([
    ['debian', '12.5', true],
    ['debian', '10', true],
    ['debian', '9.13', false],
    ['debian', '13.1', false],
    ['debian', 'trixie/sid', true],
    ['macos', '10.6.8', true],
    ['macos', '10.12', false],
    ['macos', '14.4.1', false],
    ['alpine', '3.19.1', false],
  ])('%s %s: %s', (id, version, may) => expect(whyNotOn(debians, facts(id, version)) === null).toBe(may));

  it('takes what a system is like, and its kernel, where no version is asked for', () => {
    expect(whyNotOn({ oneOf: [{ os: 'debian' }] }, facts('ubuntu', '22.04', {}, ['debian']))).toBeNull();
    expect(whyNotOn({ oneOf: [{ os: 'debian', from: '12' }] }, facts('ubuntu', '22.04', {}, ['debian']))).not.toBeNull();
    expect(whyNotOn({ oneOf: [{ os: 'linux' }] }, facts('void', ''))).toBeNull();
    expect(whyNotOn({ oneOf: [{ os: 'linux' }] }, facts('freebsd', '14', { kernel: 'FreeBSD 14.0' }))).not.toBeNull();
  });
  it('says what it is, what it would have to be, and what is missing', () => {
    expect(whyNotOn(debians, facts('alpine', '3.19.1'))).toEqual({
      message: 'It is alpine 3.19.1, and this is for Debian from 10, before 13 or macOS before 10.12.',
      next: 'Choose a target that is one of those.',
    });
    const tools = { tools: [{ name: 'named', package: 'bind9' }, { name: 'dig' }, { name: 'sh' }] };
    expect(whyNotOn(tools, facts('debian', '12', { tools: { named: null, dig: null, sh: '/bin/sh' } }))).toEqual({
      message: 'debian 12 has no named, dig.',
      next: 'Install bind9 there first.',
    });
  });
});
