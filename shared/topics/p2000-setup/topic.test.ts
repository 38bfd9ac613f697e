import { describe, expect, it } from 'vitest';
import { judge, type Matcher, renderForConsole } from '../../topic-kit/index.ts';
import { arrayLine } from './array-line.ts';
import { bothSizes, initialiseHours, type Level, levels, mayFail, usableBytes, whyNotDisks } from './capacity.ts';
import { planCards } from './cards.ts';
import { misfit, parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';
import { parseVolumes } from './volumes.ts';

const TB = 1e12;
const values = (more: Record<string, unknown> = {}) => parameters.parse({ ...topic.labDefaults, ...more });

describe('capacity', () => {
  // The vendor's formula, as its tables have it.
  it.each([
    ['raid5', [2, 2, 2, 2], 6],
    ['raid6', [2, 2, 2, 2], 4],
    ['raid10', [2, 2, 2, 2], 4],
    ['raid1', [2, 2], 2],
    ['raid5', [3, 3, 2], 4],
    ['raid6', [3, 3, 3, 3, 3, 3], 12],
  ] as const)('of %s with %j TB is %i TB', (level, sizes, usable) =>
    expect(
      usableBytes(
        level,
        sizes.map((size) => size * TB),
      ),
    ).toBe(usable * TB),
  );
  it('is what is left when blocks are laid out disk by disk', () => {
    // Stripe by stripe: every disk gives one block, and so many of them are parity or copies.
    const laid = (level: Level, sizes: readonly number[]) => {
      let data = 0;
      for (let stripe = 0; sizes.every((size) => stripe < size); stripe += 1)
        for (let disk = 0; disk < sizes.length; disk += 1)
          data +=
            level === 'raid5'
              ? Number(disk !== stripe % sizes.length)
              : level === 'raid6'
                ? Number(disk !== stripe % sizes.length && disk !== (stripe + 1) % sizes.length)
                : disk % 2;
      return data;
    };
    for (const level of levels)
      for (let disks = 2; disks <= 11; disks += 1) {
        if (whyNotDisks(level, disks)) continue;
        const sizes = Array.from({ length: disks }, (_, at) => 7 + ((at * 3) % 5));
        expect(usableBytes(level, sizes), `${level} of ${disks}`).toBe(laid(level, sizes));
      }
  });
  it.each([
    ['raid1', 3],
    ['raid5', 2],
    ['raid6', 3],
    ['raid10', 5],
  ] as const)('of %s takes no %i disks', (level, disks) => expect(whyNotDisks(level, disks)).toMatch(/\w/));
  it('is told in base 10 and base 2', () => {
    expect([bothSizes(6 * TB), bothSizes(2 * TB), bothSizes(2 ** 41)]).toEqual(['6.00 TB (5.46 TiB)', '2.00 TB (1.82 TiB)', '2.20 TB (2.00 TiB)']);
    expect([mayFail('raid5'), mayFail('raid6')]).toEqual([1, 2]);
  });
  it('is initialised in close to two days for the source’s disks', () => expect(initialiseHours([2 * TB, 2 * TB])).toBeCloseTo(46.3, 1));
  it('is on the plan’s card, with what does not go', () => {
    const [capacity] = planCards(values({ disks: '3', spare: true }));
    expect(capacity?.lines.slice(0, 4)).toEqual([
      '  raid1  3 × 2 TB: raid1 takes exactly two disks',
      '→ raid5  3 × 2 TB: 4.00 TB (3.64 TiB), 1 may fail',
      '  raid6  3 × 2 TB: raid6 needs 4 disks at least',
      '  raid10 3 × 2 TB: raid10 needs 4 disks at least',
    ]);
  });
});

describe('the volumes', () => {
  it('are read, with WWPNs in each spelling', () =>
    expect(parseVolumes('vol1 500 mini1 21:00:00:24:FF:00:00:01 1 # first\r\n\r\nvol2 10 mini1 21000024ff000001 2')).toEqual([
      { name: 'vol1', gigabytes: 500, host: 'mini1', wwpn: '21000024ff000001', lun: 1 },
      { name: 'vol2', gigabytes: 10, host: 'mini1', wwpn: '21000024ff000001', lun: 2 },
    ]));
  it.each([
    ['vol1 500 mini1', 'Line 1: give name'],
    ['vol1;x 500 mini1 21000024ff000001 1', 'Line 1: “vol1;x”'],
    ['vol1 500 mini1 21000024ff 1', 'Line 1: “21000024ff”'],
    ['vol1 0 mini1 21000024ff000001 1', 'Line 1: “0”'],
    ['vol1 500 mini1 21000024ff000001 0', 'Line 1: “0” is not a LUN'],
    ['a 1 h 21000024ff000001 1\na 1 h 21000024ff000001 2', 'Line 2: the volume a is named twice'],
    ['a 1 h 21000024ff000001 1\nb 1 h 21000024ff000001 1', 'Line 2: h has this LUN'],
    ['a 1 h 21000024ff000001 1\nb 1 h 21000024ff000002 2', 'Line 2: h has another WWPN'],
    ['a 1 h 21000024ff000001 1\nb 1 i 21000024ff000001 2', 'Line 2: this WWPN'],
  ])('%j are refused: %s', (text, why) => expect(() => parseVolumes(text)).toThrow(why));
});

describe('the form', () => {
  it.each([
    [{ ipB: '10.1.1.11' }, 'ipB'],
    [{ disks: '2' }, 'disks'],
    [{ volumes: 'v 7000 h 21000024ff000001 1' }, 'volumes'],
    [{}, undefined],
  ])('with %j: %s', (more, name) => expect(misfit(values(more))?.field).toBe(name));
  it.each(['!admin', '!manage', 'short', 'with blank in it', "quote'quote1", 'comma,comma1'])('does not take the password %j', (adminPassword) =>
    expect(parameters.safeParse({ ...topic.labDefaults, adminPassword }).success).toBe(false),
  );
  it.each(['10.1.1', '10.1.1.256', 'host', '10.1.1.11; reboot'])('does not take the address %j', (ipA) =>
    expect(parameters.safeParse({ ...topic.labDefaults, ipA }).success).toBe(false),
  );
});

it('types lines of plain words only, and no password in any of them', () => {
  const lines = steps(values()).flatMap((step) => ('line' in step ? [renderForConsole(step).lines.join()] : []));
  expect(lines).toContain('set password admin');
  expect(lines).toContain('create vdisk level raid5 assigned-to a disks 1.1-4 vd01');
  expect(lines).toContain('create volume vdisk vd01 size 500GB no-mapping vol1');
  expect(lines.join('\n')).not.toMatch(/Canary|delete|restore|trust|clear/);
  expect(() => renderForConsole(arrayLine('show', 'a;b'))).toThrow('one word');
});

describe('what the array prints', () => {
  const rules = (id: string, output: string) => {
    const step = steps(values()).find((one) => one.id === id) as { matchers: readonly Matcher[]; verify?: { matchers: readonly Matcher[] } };
    return judge(step.verify?.matchers ?? step.matchers, { output, exitStatus: 0, facts: {} }).flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));
  };
  const both = (a: string, b: string) =>
    `Network Parameters Controller A\nIP Address: ${a}\nAddressing Mode: Manual\nNetwork Parameters Controller B\nIP Address: ${b}\nAddressing Mode: DHCP\nSuccess: x`;
  it.each([
    ['address-a', both('10.1.1.11', '10.0.0.3'), []],
    ['address-b', both('10.1.1.11', '10.1.1.12'), ['manual']],
    ['address-a', both('10.1.1.12', '10.1.1.11'), ['ip']],
    ['old-refused', 'admin@10.1.1.11: Permission denied (password).\nlogin=255', []],
    ['old-refused', '# exit\nlogin=0', ['still-open']],
    ['old-refused', 'ssh: connect to host 10.1.1.11 port 22: Connection timed out\nlogin=255', ['denied']],
    ['new-accepted', 'login=0', []],
    ['new-accepted', 'login=255', ['accepted']],
  ])('%s: %j', (id, output, wanted) => expect(rules(id, output)).toEqual(wanted));
});

describe('the check', () => {
  const look = (output: string) => probe.judge({ output, exitStatus: 0 }, values()).verdict;
  it.each([
    ['affected', 'factory-a=answers\nfactory-b=silent\nnew-a=silent\nnew-b=silent'],
    ['affected', 'factory-a=old-ciphers\nfactory-b=old-ciphers\nnew-a=silent\nnew-b=silent'],
    ['already-fixed', 'factory-a=silent\nfactory-b=silent\nnew-a=answers\nnew-b=answers'],
    ['unknown', 'factory-a=silent\nfactory-b=silent\nnew-a=answers\nnew-b=silent'],
    ['unknown', ''],
  ])('says %s of %j', (verdict, output) => expect(look(output)).toBe(verdict));
});
