import { describe, expect, it } from 'vitest';
import type { StepState } from '../../../shared/api/run.ts';
import { asList, type BegunEdits, beginEdit, beginFile, leaveEdit, noteWritten, showEdits } from './edit-fold.ts';

const content = (letter: string) => ({ sha256: letter, sum: '', size: 1, mode: '0644', uid: 0, gid: 0 });
const backupOf = (letter: string) => ({ folder: 'b', name: letter, missing: [] });
/** As journals of earlier versions have it. */
const shows = (before: string | null, after: string, again = false, more: object = {}) =>
  asList(
    {
      type: 'edit-shown',
      place: 'f',
      before: before && content(before),
      after: content(after),
      diff: '',
      backup: before && backupOf(before),
      again,
      ...more,
    } as unknown as Parameters<typeof asList>[0],
    '/etc/f',
  );
function writing(...changes: [before: string | null, after: string, again?: boolean][]) {
  const step = { id: 's', status: 'running', edit: null } as unknown as StepState;
  const begun: BegunEdits = new Map();
  for (const change of changes) {
    showEdits(step, shows(...change), begun);
    beginEdit(step, begun);
    // Its backup is another word for the same.
    if (change[0] !== null) beginFile(step, { name: '/etc/f' } as Parameters<typeof beginFile>[1], begun);
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

it('folders that a cut-off attempt has made are this run’s too, the deepest first', () => {
  const step = { id: 's', status: 'running', edit: null } as unknown as StepState;
  const begun: BegunEdits = new Map();
  for (const newFolders of [['/e/a/b', '/e/a'], ['/e/a/b'], undefined]) {
    showEdits(step, shows(null, 'b', false, newFolders && { newFolders }), begun);
    beginEdit(step, begun);
  }
  expect(begun.get('s')?.get('/etc/f')?.newFolders).toEqual(['/e/a/b', '/e/a']);
});

it('a change that was shown and left has to be shown again', () => {
  const step = { id: 's', status: 'running', edit: null } as unknown as StepState;
  showEdits(step, shows('a', 'b'), new Map());
  expect([step.status, step.edit?.stage]).toEqual(['pending', 'shown']);
  leaveEdit(step);
  expect(step.edit?.stage).toBe('left');
});

describe('many files', () => {
  const file = (name: string, before: string, after: string) => ({
    file: name,
    place: name,
    before: content(before),
    after: content(after),
    backup: backupOf(before),
  });
  const step = { id: 's', status: 'running', edit: null } as unknown as StepState;
  const begun: BegunEdits = new Map();
  const event = (name: string) => ({ name }) as unknown as Parameters<typeof beginFile>[1] & Parameters<typeof noteWritten>[1];
  const shows = (...files: ReturnType<typeof file>[]) =>
    showEdits(step, { files, found: 9, diff: '', again: false } as unknown as Parameters<typeof showEdits>[1], begun);

  it('begin one by one, and are written when all are', () => {
    shows(file('/a', 'a', 'A'), file('/b', 'b', 'B'));
    beginEdit(step, begun);
    expect([begun.size, step.edit?.found]).toEqual([0, 9]);
    beginFile(step, event('/a'), begun);
    noteWritten(step, event('/a'));
    expect([[...(begun.get('s')?.keys() ?? [])], step.edit?.stage]).toEqual([['/a'], 'shown']);
    beginFile(step, event('/b'), begun);
    noteWritten(step, event('/b'));
    expect(step.edit?.stage).toBe('written');
  });
  it('keep what was written in an earlier attempt, and go back to what each was before the run', () => {
    shows(file('/b', 'B', 'Z'));
    beginFile(step, event('/b'), begun);
    const b = begun.get('s')?.get('/b');
    expect([[...(begun.get('s')?.keys() ?? [])], b?.before?.sha256, b?.between.map(({ name }) => name)]).toEqual([['/a', '/b'], 'b', ['B']]);
  });
});
