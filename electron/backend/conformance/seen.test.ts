import { expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import type { Step } from '../../../shared/topic-kit/index.ts';
import { expectLikeSeen, isLike, seenIn } from './seen.test-kit.ts';

it.each([
  ['RestartUSec=5s', 'RestartUSec=15s'],
  ['zone example.com/IN: loaded serial 3', 'zone corp.test/IN: loaded serial 20260101'],
  ['Listening on LPF/eth1/02:00:5e:00:00:01', 'Listening on LPF/served/0a:11:22:33:44:55'],
  ['No subnet declaration for eth1 (no IPv4 addresses).', 'No subnet declaration for served (no IPv4 addresses).'],
  ['package=http://127.0.0.1:4711/a/b.pkg', 'package=https://updates.example/c.pkg'],
])('%j has the shape of %j', (one, other) => expect([isLike(one, other), isLike(other, one)]).toEqual([true, true]));

it.each([
  ['ActiveState=active', 'ActiveState=failed'],
  ['Syntax OK', 'Syntax error'],
  ['loaded serial 3', 'loaded 3'],
])('%j has another shape than %j', (one, other) => expect(isLike(one, other)).toBe(false));

const state = (line: string | null) =>
  ({
    steps: [{ id: 'look', status: 'done', verdicts: line === null ? [] : [{ kind: 'expected', rule: 'loaded', line }] }],
  }) as unknown as RunState;

const steps = [{ id: 'look', matchers: [{ id: 'loaded' }] }] as unknown as Step[];

it('is compared by step and rule', () => {
  expect(seenIn(state('LoadState=loaded'))).toEqual([{ at: 'look loaded', line: 'LoadState=loaded' }]);
  expectLikeSeen('isc-dhcp-boot-retry', state('LoadState=loaded'), steps);
  expect(() => expectLikeSeen('isc-dhcp-boot-retry', state('Loaded: yes'), steps)).toThrow(/in the rehearsal, where the real tool says/);
  expect(() => expectLikeSeen('isc-dhcp-boot-retry', state(null), steps)).toThrow(/the rehearsal shows nothing/);
  // A way whose step has no such rule shows nothing of it.
  expectLikeSeen('isc-dhcp-boot-retry', state(null), [{ ...steps[0], matchers: [] } as unknown as Step]);
});
