import { expect, it } from 'vitest';
import { isLab, labValue, placeValue, targetOfValue, whereWas } from './where.ts';

it.each([
  [labValue(null), { kind: 'lab' }],
  [labValue('power-cut'), { kind: 'lab', failure: 'power-cut' }],
  [placeValue({ kind: 'local' }), { kind: 'local' }],
  [placeValue({ kind: 'book', id: 'lab' }), { kind: 'book', id: 'lab' }],
  [placeValue({ kind: 'book', id: 'db-1' }), { kind: 'book', id: 'db-1' }],
])('%s is that target again', (value, target) => {
  expect(targetOfValue(value)).toEqual(target);
  expect(isLab(value)).toBe(target.kind === 'lab');
});

it('finds where an earlier run was among the targets of today', () => {
  const serial = { way: { by: 'serial', device: '/dev/ttyS0', speed: 115_200 }, dialect: 'login' } as const;
  const targets = [
    { id: 'web1', connection: { kind: 'ssh', host: 'web1', user: 'jo' } },
    { id: 'web1-root', connection: { kind: 'ssh', host: 'web1', user: 'root', port: 22 } },
    { id: 'serial', connection: { kind: 'console', ...serial } },
  ] as const;
  const was = (target: Parameters<typeof whereWas>[0]) => whereWas(target, targets);
  expect(was({ kind: 'lab', failure: 'power-cut' })).toBe('lab:power-cut');
  expect(was({ kind: 'hand' })).toBe('hand');
  expect(was({ kind: 'local', root: 'sudo' })).toBe('local');
  expect(was({ kind: 'ssh', host: 'web1', user: 'jo', root: 'doas' })).toBe('book:web1');
  expect(was({ kind: 'ssh', host: 'web1', user: 'root' }), 'another port may be another machine').toBeNull();
  expect(was({ kind: 'console', console: serial })).toBe('book:serial');
  expect(was({ kind: 'console', console: { ...serial, dialect: 'grub' } })).toBeNull();
  expect(was({ kind: 'console', console: { entry: 'serial' } })).toBe('book:serial');
  expect(was({ kind: 'console', console: { entry: 'gone' } })).toBeNull();
});
