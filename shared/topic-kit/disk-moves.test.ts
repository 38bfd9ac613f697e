import { expect, it } from 'vitest';
import { type DiskMove, type DisksHold, diskMoved, disksAfterSteps, onlyCopies } from './disk-moves.ts';

type Place = 'a' | 'b' | 'c';
type Thing = 'system' | 'data';
const names = { system: 'System', data: 'Data' };
const atFirst: DisksHold<Place, Thing> = { booted: 'a', held: { a: ['system', 'data'], b: ['data'], c: [] } };

it('knows what is nowhere else, also over several places', () => {
  expect(onlyCopies(atFirst, 'a')).toEqual(['system']);
  expect(onlyCopies(atFirst, 'b')).toEqual([]);
  expect(onlyCopies(atFirst, ['a', 'b'])).toEqual(['system', 'data', 'data']);
  expect(onlyCopies(atFirst, [])).toEqual([]);
});

it('refuses to erase what runs, what is nowhere else, and to start without what is needed', () => {
  expect(() => diskMoved(atFirst, { needs: [], erases: 'a' }, names)).toThrow('runs from a');
  expect(() => diskMoved({ ...atFirst, booted: 'c' }, { needs: [], erases: ['b', 'a'] }, names)).toThrow('only copy would be lost: Data, System');
  expect(() => diskMoved(atFirst, { needs: [{ thing: 'system', on: 'b' }] }, names)).toThrow('System is not on b');
  expect(diskMoved(atFirst, { needs: [], erases: 'b' }, names).held.b).toEqual([]);
  expect(diskMoved({ ...atFirst, booted: 'c' }, { needs: [], erases: 'a', disposable: ['system'] }, names).held.a).toEqual([]);
});

it('puts a thing once, takes one, and follows only the steps that are done and possible', () => {
  const moves = new Map<string, DiskMove<Place, Thing>>([
    ['copy', { needs: [], puts: [{ thing: 'system', on: 'b' }] }],
    ['leave', { needs: [{ thing: 'system', on: 'b' }], booted: 'b', takes: { thing: 'system', from: 'a' } }],
  ]);
  expect(disksAfterSteps(atFirst, moves, new Set(['copy', 'leave']), names)).toEqual({ booted: 'b', held: { a: ['data'], b: ['data', 'system'], c: [] } });
  expect(disksAfterSteps(atFirst, moves, new Set(['leave']), names)).toEqual(atFirst);
});
