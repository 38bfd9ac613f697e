import { describe, expect, it } from 'vitest';
import { onlyCopies } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { steps } from './steps.ts';
import { atFirst, type Disks, disksAfter, type Move, moved, moves, type Place, things } from './volumes.ts';

const values = parameters.parse({});
const order = [...moves.keys()];
const walk = (ids: readonly string[]) => ids.reduce<Disks>((disks, id) => moved(disks, moves.get(id) as Move), atFirst);

describe('the model of the volumes', () => {
  it('has a move for every step that changes something, in their order', () => {
    expect(
      steps(values)
        .filter(({ danger }) => danger !== 'reads')
        .map(({ id }) => id),
    ).toEqual(order);
  });

  it('ends with the server and its data on A, and the old server as it was', () => {
    expect(walk(order)).toEqual({ booted: 'a', held: { ...walk(order).held, a: ['lionServer', 'data'], old: ['oldServer', 'data'] } });
    expect(disksAfter(new Set(order))).toEqual(walk(order));
  });

  it('never erases what is nowhere else, but for the Snow Leopard that is given up', () => {
    let disks = atFirst;
    for (const [id, move] of moves) {
      const { erases, disposable = [] } = move;
      if (erases)
        expect(
          onlyCopies(disks, erases).filter((thing) => !disposable.includes(thing)),
          id,
        ).toEqual([]);
      disks = moved(disks, move);
    }
  });

  it('refuses to go on without any one of the moves before it (negative control)', () => {
    for (const left of order.slice(0, -1)) {
      // A volume that was empty already need not be erased, as far as the model knows.
      if (moves.get(left)?.erases) continue;
      expect(() => walk(order.filter((id) => id !== left)), left).toThrow();
    }
  });

  it('refuses to erase A while the only copy of the apps is there, and B while the Mac runs from it', () => {
    const before = order.slice(0, order.indexOf('copy-apps'));
    expect(() => walk([...before, 'erase-a'])).toThrow(/only copy would be lost: Install Mac OS X Lion, Server app/);
    expect(() => moved(walk(before), { needs: [], erases: 'b' })).toThrow(/runs from b/);
    expect(() => moved(atFirst, { needs: [], erases: 'old' })).toThrow(/only copy/);
  });

  it('holds nothing twice in one place, whatever was done, and shows it', () => {
    for (let from = 0; from <= order.length; from++) {
      for (const done of [order.slice(0, from), order.slice(from)]) {
        const { held } = disksAfter(new Set(done));
        for (const place of Object.keys(held) as Place[]) expect(new Set(held[place]).size).toBe(held[place].length);
        const [picture] = pictures(values, { done: new Set(done) });
        expect(picture?.caption).toMatch(/^Macintosh HD: .*\. Helper: .*\. Old Server: Snow Leopard Server, Users, mail, files\. The Mac runs from/);
      }
    }
  });
});

it('shows which apps are the only copies, until both are copied', () => {
  const shown = (done: readonly string[]) =>
    pictures(values, { done: new Set(done) }).flatMap((picture) => (picture.kind === 'shelves' ? picture.shelves.flatMap(({ items }) => items) : []));
  const only = (done: readonly string[]) => shown(done).flatMap(({ label, text }) => (text === 'only copy' ? [label] : []));
  expect(only(order.slice(0, 1))).toEqual([things.installer, things.serverApp, things.data]);
  expect(only(order.slice(0, 5))).toEqual([things.data]);
  // In the end B holds the apps alone, and is to be kept or to be given up; the data is on both servers.
  expect(only(order)).toEqual([things.installer, things.serverApp]);
});

it('wants three volumes that can be told apart, by names that a shell can’t misread', () => {
  expect(parameters.safeParse({ volumeA: 'Mac', volumeB: 'mac' }).success).toBe(false);
  for (const name of ['', '../etc', '-rf', 'a/b', 'a"b', 'x'.repeat(28)]) expect(parameters.safeParse({ volumeB: name }).success, name).toBe(false);
  expect(parameters.parse({ volumeB: ' My Disk 2.0 ' }).volumeB).toBe('My Disk 2.0');
});

it('plays only what its steps have rules for', () => {
  for (const { stopsAt } of lab.failures) {
    const step = steps(values).find(({ id }) => id === stopsAt.step);
    const rules = step
      ? [...('matchers' in step ? step.matchers : []), ...(step.kind === 'verify' ? [] : (step.verify?.matchers ?? []))].map(({ id }) => id)
      : [];
    expect(rules).toContain(stopsAt.rule);
  }
});
