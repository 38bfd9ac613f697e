import { expect, it } from 'vitest';
import { type EndedAttempt, type HostAfter, nextAttempt, reachable } from './follow-up.ts';

const hosts = (statuses: Record<string, HostAfter['status']>, roles: Record<string, string> = {}): HostAfter[] =>
  Object.entries(statuses).map(([name, status]) => ({ name, role: roles[name] ?? '', status }));
const apply: EndedAttempt = { kind: 'apply', follows: null, stopped: false, lost: false, enough: '', names: ['a', 'b', 'c'] };

it.each([
  ['nobody was out of reach', apply, { a: 'done', b: 'failed' }, null],
  ['one was', apply, { a: 'done', b: 'unreachable', c: 'failed' }, { follows: 'late', kind: 'retry', hosts: ['b'] }],
  ['the canary was, and ended the rest', apply, { a: 'unreachable', b: 'pending', c: 'pending' }, { follows: 'rest', kind: 'resume', hosts: ['b', 'c'] }],
  [
    'the rest is through',
    { ...apply, follows: 'rest', names: ['b', 'c'] },
    { a: 'unreachable', b: 'done', c: 'done' },
    { follows: 'late', kind: 'retry', hosts: ['a'] },
  ],
  ['it was tried once more already', { ...apply, follows: 'late', names: ['a'] }, { a: 'unreachable', b: 'done' }, null],
  ['a failure ended the rest', apply, { a: 'failed', b: 'unreachable', c: 'pending' }, null],
  ['Ansible ended for another reason', { ...apply, names: ['b', 'c'] }, { a: 'unreachable', b: 'pending', c: 'pending' }, null],
  ['somebody stopped it', { ...apply, stopped: true }, { a: 'unreachable' }, null],
  ['Wrenchbook was ended', { ...apply, lost: true }, { a: 'unreachable' }, null],
  ['so many failed that the playbook ended itself', { ...apply, enough: 'a has failed' }, { a: 'failed', b: 'unreachable', c: 'pending' }, null],
  ['those that were lost were enough to end it', { ...apply, enough: 'a has failed' }, { a: 'unreachable', b: 'pending', c: 'pending' }, null],
  ['it was a check', { ...apply, kind: 'check' }, { a: 'unreachable' }, null],
  ['it was an undo', { ...apply, kind: 'undo' }, { a: 'unreachable' }, null],
] as const)('what comes by itself where %s', (_, ended, statuses, next) => expect(nextAttempt(ended as EndedAttempt, hosts(statuses))).toEqual(next));

it('takes all of a procedure between machines again, as its steps need each other', () => {
  const roles = { a: 'head', b: 'node', c: 'node' };
  expect(nextAttempt(apply, hosts({ a: 'done', b: 'done', c: 'unreachable' }, roles))).toEqual({ follows: 'late', kind: 'retry', hosts: ['a', 'b', 'c'] });
  expect(reachable(['a', 'b', 'c'], hosts({ a: 'pending', b: 'pending', c: 'unreachable' }, roles))).toEqual(['a', 'b', 'c']);
});

it('begins with those that the check has reached, and with all where it reached none', () => {
  expect(reachable(['a', 'b'], hosts({ a: 'unreachable', b: 'pending' }))).toEqual(['b']);
  expect(reachable(['a', 'b'], hosts({ a: 'unreachable', b: 'unreachable' }))).toEqual(['a', 'b']);
});
