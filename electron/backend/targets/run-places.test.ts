import { expect, it } from 'vitest';
import type { Target, TargetFacts } from '../../../shared/api/target.ts';
import { fittingTargets, runPlaces } from './run-places.ts';
import { settledTarget } from './settled-target.ts';

const entry = { group: '', tags: [], note: '' };
const web: Target = {
  ...entry,
  id: 'web',
  name: 'Web',
  group: 'Rack 2',
  tags: ['old'],
  root: 'sudo',
  connection: { kind: 'ssh', host: 'web1.example', user: 'admin' },
};
const box: Target = {
  ...entry,
  id: 'box',
  name: 'Box',
  root: 'none',
  connection: { kind: 'console', way: { by: 'fifo', path: '/run/box' }, dialect: 'uefi-shell' },
};
const here: Target = { ...entry, id: 'here', name: 'My desk', root: 'none', connection: { kind: 'local' } };
const facts = {
  kernel: 'Linux 6.1',
  os: { id: 'debian', version: '12', name: 'Debian 12', like: [] },
  tools: {},
  readAt: '2026-11-25T10:00:00.000Z',
} as unknown as TargetFacts;
const why = (places: ReturnType<typeof runPlaces>) => Object.fromEntries(places.map(({ title, disabledBecause }) => [title, disabledBecause]));

it('offers every entry and this machine, and says why not where it can’t be', () => {
  const places = runPlaces({ targets: ['console'] }, [web, box], new Map());
  expect(places.map(({ title, target, place, group, tags }) => [title, target, place, group, tags])).toEqual([
    ['This machine', { kind: 'local' }, 'this machine', '', []],
    ['Web', { kind: 'book', id: 'web' }, 'admin@web1.example', 'Rack 2', ['old']],
    ['Box', { kind: 'book', id: 'box' }, 'UEFI shell on FIFOs /run/box.in and .out', '', []],
    ['Rehearsal', { kind: 'lab' }, 'the lab', '', []],
  ]);
  expect(why(places)).toEqual({ 'This machine': expect.stringMatching(/console/), Web: expect.stringMatching(/console/), Box: null, Rehearsal: null });
});

it('offers this machine under the name it has in the book, once', () => {
  expect(runPlaces({ targets: ['local'] }, [here, web], new Map()).map(({ title }) => title)).toEqual(['My desk', 'Web', 'Rehearsal']);
});

it('goes by what the target was when it was reached last, and by nothing where it never was', () => {
  const topic = { targets: ['ssh' as const], systems: { oneOf: [{ os: 'freebsd' }] } };
  expect(why(runPlaces(topic, [web], new Map([['web', facts]]))).Web).toMatch(/Debian 12.*FreeBSD/);
  expect(why(runPlaces(topic, [web], new Map([['other', facts]]))).Web).toBeNull();
  expect(why(runPlaces({ ...topic, systems: { oneOf: [{ os: 'debian', from: '12' }] } }, [web], new Map([['web', facts]]))).Web).toBeNull();
});

it('leaves to the run whether a tool is there: it may have been installed since', () => {
  const topic = { targets: ['ssh' as const], systems: { tools: [{ name: 'tmux' }] } };
  expect(why(runPlaces(topic, [web], new Map([['web', { ...facts, tools: { tmux: null } }]]))).Web).toBeNull();
});

it('says at every place what this machine needs, where it has no shell to start from', () => {
  const noShell = { message: 'a POSIX shell is needed, and there is none.', next: 'Type "wsl --install".' };
  const places = why(runPlaces({ targets: ['local', 'ssh'] }, [web, box], new Map(), noShell));
  expect(places['This machine']).toBe('A POSIX shell is needed, and there is none. Type "wsl --install".');
  expect(places.Web).toBe(places['This machine']);
  expect(places.Rehearsal).toBe(places['This machine']);
  expect(places[box.name]).toMatch(/runs on local or ssh targets/);
});

it('puts what the book says into the run, and leaves nothing to be looked up later', () => {
  const book = { get: (id: string) => [web, box].find((each) => each.id === id) as Target };
  expect(settledTarget({ kind: 'book', id: 'web' }, book)).toEqual({ name: 'Web', target: { kind: 'ssh', host: 'web1.example', user: 'admin', root: 'sudo' } });
  expect(settledTarget({ kind: 'book', id: 'web', root: 'doas' }, book).target).toMatchObject({ root: 'doas' });
  expect(settledTarget({ kind: 'book', id: 'box' }, book).target).toEqual({
    kind: 'console',
    console: { way: { by: 'fifo', path: '/run/box' }, dialect: 'uefi-shell' },
  });
});

it('fits those that were reached and are of the right kind and system, and no other', () => {
  const topic = { targets: ['ssh' as const], systems: { oneOf: [{ os: 'debian' }] } };
  const known = new Map([
    ['web', facts],
    ['box', facts],
  ]);
  expect(fittingTargets(topic, [web, box], known)).toEqual(['web']);
  expect(fittingTargets(topic, [web, box], new Map())).toEqual([]);
  expect(fittingTargets({ ...topic, systems: { oneOf: [{ os: 'freebsd' }] } }, [web, box], known)).toEqual([]);
});
