import { describe, expect, it } from 'vitest';
import type { StepState } from '../../../shared/api/run.ts';
import { type BegunEdits, beginEdit, leaveEdit, showEdit } from './edit-fold.ts';

const content = (letter: string) => ({ sha256: letter, sum: '', size: 1, mode: '0644', uid: 0, gid: 0 });
const backupOf = (letter: string) => ({ folder: 'b', name: letter, missing: [] });
const shows = (before: string | null, after: string, again = false) =>
  ({
    type: 'edit-shown',
    place: 'f',
    before: before && content(before),
    after: content(after),
    diff: '',
    backup: before && backupOf(before),
    again,
  }) as unknown as Parameters<typeof showEdit>[1];
function writing(...changes: [before: string | null, after: string, again?: boolean][]) {
  const step = { id: 's', status: 'running', edit: null } as unknown as StepState;
  const begun: BegunEdits = new Map();
  for (const change of changes) {
    showEdit(step, shows(...change), begun, '/etc/f');
    beginEdit(step, begun);
  }
  const { before, backup, between } = begun.get('s')?.get('/etc/f') ?? {};
  return [before?.sha256, backup?.name, between?.map(({ name }) => name)];
}

describe('what an undo of an edit goes back to', () => {
  it('is the file before the run', () => expect(writing(['a', 'b'])).toEqual(['a', 'a', []]));
  it('also when the run wrote it once more', () => expect(writing(['a', 'b'], ['b', 'c'], ['c', 'd'])).toEqual(['a', 'a', ['b', 'c']]));
  it('also when a writing that was cut off is done again', () => expect(writing(['a', 'b'], ['a', 'b'])).toEqual(['a', 'a', []]));
  it('is nothing for a file the run made', () => expect(writing([null, 'b'], ['b', 'c'])).toEqual([undefined, undefined, ['b']]));
  it('is what somebody else made of it in between', () => expect(writing(['a', 'b'], ['x', 'y'])).toEqual(['x', 'x', []]));
});

it('a change that was shown and left has to be shown again', () => {
  const step = { id: 's', status: 'running', edit: null } as unknown as StepState;
  showEdit(step, shows('a', 'b'), new Map(), '/etc/f');
  expect([step.status, step.edit?.stage]).toEqual(['pending', 'shown']);
  leaveEdit(step);
  expect(step.edit?.stage).toBe('left');
});
