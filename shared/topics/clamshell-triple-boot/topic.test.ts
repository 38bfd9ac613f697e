import { describe, expect, it } from 'vitest';
import { onlyCopies } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { driversMb, gapMb, leastGb, planDisk, reachMb, typedSize } from './plan.ts';
import { steps } from './steps.ts';
import { atFirst, type Disks, disksAfter, moved, moves, type Place, things } from './volumes.ts';

const values = parameters.parse({});
const sizes = (gb: number, percent = 38) => Object.fromEntries(planDisk(gb, percent).parts.map(({ name, sizeMb }) => [name, sizeMb]));

describe('the plan of the disk', () => {
  const disks = [
    leastGb,
    18,
    20,
    30,
    40,
    60,
    80,
    100,
    120,
    137,
    137.4,
    138,
    160,
    250,
    500,
    2000,
    ...Array.from({ length: 120 }, (_, at) => leastGb + at * 1.037),
  ];

  it.each([0, 1, 38, 99, 100])('keeps every limit on a disk of any size, with a share of %i for Debian', (percent) => {
    for (const gb of disks) {
      const { parts, usableMb, freeMb } = planDisk(gb, percent);
      expect(parts.map(({ name }) => name)).toEqual(['linux-boot', 'linux-swap', 'linux', 'Macintosh HD', 'Install']);
      let end = driversMb;
      for (const { name, fromMb, sizeMb } of parts) {
        expect(fromMb, `${name} of ${gb} GB`).toBeGreaterThanOrEqual(end + gapMb);
        end = fromMb + sizeMb;
        // Mac OS 9 shows names of up to 27 characters.
        expect(name.length).toBeLessThanOrEqual(27);
        // What is typed is what is planned: nothing is rounded up.
        const typed = typedSize(sizeMb).split(' ');
        expect(Number(typed[0]) * (typed[1] === 'GB' ? 1024 : 1)).toBe(sizeMb);
        expect(typedSize(sizeMb)).toMatch(/^\d+(\.\d{1,2})? (GB|MB)$/);
      }
      expect(end + gapMb, `${gb} GB`).toBeLessThanOrEqual(Math.min(reachMb, (gb * 1e9) / 2 ** 20));
      expect(usableMb).toBeLessThanOrEqual(reachMb);
      expect(freeMb).toBeGreaterThanOrEqual(0);
      expect(sizes(gb, percent)).toMatchObject({ 'linux-boot': 16 });
      expect(sizes(gb, percent)['Macintosh HD']).toBeGreaterThanOrEqual(6144);
      expect(sizes(gb, percent).linux).toBeGreaterThanOrEqual(4096);
      // Any DVD of one layer.
      expect((sizes(gb, percent).Install as number) * 2 ** 20).toBeGreaterThan(4.7e9);
      expect(sizes(gb, percent)['linux-swap']).toBeLessThanOrEqual(2048);
    }
  });

  it('ends exactly where 28 bits of sector number end, not at the end of a larger disk', () => {
    expect(reachMb * 2 ** 20).toBe(2 ** 28 * 512);
    expect(sizes(160)).toEqual(sizes(2000));
    expect(planDisk(160, 38).freeMb).toBeGreaterThan((160e9 - 2 ** 37) / 2 ** 20 - 1);
  });

  it('is near the source’s 2, 12, 20 and 6 GB on its 40 GB, which themselves do not fit', () => {
    expect(sizes(40)).toEqual({ 'linux-boot': 16, 'linux-swap': 2048, linux: 11264, 'Macintosh HD': 17664, Install: 6144 });
    expect((16 / 1024 + 2 + 12 + 20 + 6) * 2 ** 30).toBeGreaterThan(40e9);
  });

  it('refuses a disk that is too small, and what is not a size', () => {
    expect(() => planDisk(leastGb - 1, 38)).toThrow(`at least ${leastGb} GB`);
    for (const gb of [0, -40, Number.NaN, 6]) expect(() => planDisk(gb, 38), String(gb)).toThrow(RangeError);
    expect(parameters.safeParse({ diskGb: '6' }).success).toBe(false);
    expect(parameters.parse({ diskGb: ' 60.5 ' }).diskGb).toBe(60.5);
    for (const diskGb of ['', 'large', '1e9', '40 GB', '-40']) expect(parameters.safeParse({ diskGb }).success, diskGb).toBe(false);
    for (const usb of ['', '../x', 'Install', 'macintosh hd', 'a"b', '-x']) expect(parameters.safeParse({ usb }).success, usb).toBe(false);
  });

  it('gives Debian more with a larger share, and Macintosh HD less', () => {
    for (let percent = 1; percent <= 100; percent++) {
      expect(sizes(80, percent).linux as number).toBeGreaterThanOrEqual(sizes(80, percent - 1).linux as number);
      expect(sizes(80, percent)['Macintosh HD'] as number).toBeLessThanOrEqual(sizes(80, percent - 1)['Macintosh HD'] as number);
    }
  });
});

describe('the model of the volumes', () => {
  const order = [...moves.keys()];
  const walk = (ids: readonly string[]) => ids.reduce<Disks>((disks, id) => moved(disks, moves.get(id) as NonNullable<ReturnType<typeof moves.get>>), atFirst);

  it('follows the steps, in their order', () => {
    expect(
      steps(values)
        .map(({ id }) => id)
        .filter((id) => moves.has(id)),
    ).toEqual(order);
    // What is erased is said to be destructive, and confirmed.
    for (const step of steps(values)) expect(step.danger === 'destructive', step.id).toBe(moves.get(step.id)?.erases !== undefined);
  });

  it('never erases what is nowhere else, and gives up nothing for good', () => {
    let disks = atFirst;
    for (const [id, move] of moves) {
      expect(move.disposable, id).toBeUndefined();
      if (move.erases) expect(onlyCopies(disks, move.erases), id).toEqual([]);
      disks = moved(disks, move);
    }
    expect(disks.held).toMatchObject({
      boot: ['yaboot'],
      linux: ['debian'],
      mac: ['tiger', 'os9'],
      install: ['tigerInstaller'],
      drivers: ['os9Drivers'],
      backup: ['oldData'],
      usb: ['tigerImage'],
    });
    expect(disksAfter(new Set(order))).toEqual(disks);
  });

  it('refuses to go on without any one of the moves before it (negative control)', () => {
    for (const left of order.slice(0, -1)) expect(() => walk(order.filter((id) => id !== left)), left).toThrow();
    expect(() => moved(atFirst, { needs: [], booted: 'media', erases: ['before', 'mac'] })).toThrow(/only copy would be lost: what was on the disk/);
    expect(() => moved(walk(order), { needs: [], erases: 'mac', booted: 'linux' })).toThrow(/Mac OS X 10.4, Mac OS 9.2.2/);
    expect(() => moved(walk(order.slice(0, 5)), { needs: [], erases: 'mac' })).toThrow('runs from mac');
  });

  it('shows the disk after every step, and that Debian takes the drivers away', () => {
    for (let count = 0; count <= order.length; count++) {
      const done = new Set(order.slice(0, count));
      const [disk, beside] = pictures(values, { done });
      expect(disk?.caption).toMatch(/^linux-boot, 16 MB: .*Install, 6 GB: /);
      const drivers = /Driver partitions: ([^.]*)\./.exec(beside?.caption ?? '')?.[1] ?? 'empty';
      const there = done.has('drivers') || (done.has('partition') && !done.has('install-debian'));
      expect(drivers, [...done].join()).toContain(there ? things.os9Drivers : '');
      expect(disksAfter(done).held.drivers.length).toBe(there ? 1 : 0);
      for (const place of Object.keys(atFirst.held) as Place[]) expect(new Set(disksAfter(done).held[place]).size).toBe(disksAfter(done).held[place].length);
    }
  });
});

it('plays only what its steps have rules for', () => {
  for (const { stopsAt } of lab.failures) {
    const step = steps(values).find(({ id }) => id === stopsAt.step);
    const rules = step
      ? [...('matchers' in step ? step.matchers : []), ...(step.kind === 'verify' ? [] : (step.verify?.matchers ?? []))].map(({ id }) => id)
      : [];
    expect(rules, stopsAt.step).toContain(stopsAt.rule);
  }
});
