import { describe, expect, it } from 'vitest';
import { words } from './calculate.ts';
import { type Device, devices, exceptions } from './devices.ts';
import { answers, deviceOf, type End, link, plain, speedsAt } from './link.ts';
import { parameters } from './parameters.ts';
import { helpingSwitches, pathOf, through } from './paths.ts';
import { topic } from './topic.ts';

const end = (id: string, more: Partial<End> = {}): End => ({ ...plain(deviceOf(id)), ...more });
const set = (more: Record<string, string | number>) => parameters.parse(more);
const real = (device: Device) => plain(device) as End & { device: Device };

describe('the rule base', () => {
  it('has a source for every row, rising speeds, and each device once', () => {
    expect(new Set(devices.map(({ id }) => id)).size).toBe(devices.length);
    for (const { id, speeds, source } of devices) {
      expect(source, id).toMatch(/\w/);
      expect(speeds, id).toEqual([...speeds].sort((a, b) => a - b));
    }
    for (const { array, known, source } of exceptions) {
      expect([array, ...known].map(deviceOf), source).not.toContain(null);
      expect(source).toMatch(/\w/);
    }
  });
});

describe('any pair', () => {
  const pairs = devices.flatMap((a) => devices.map((b) => [a, b] as const));
  it('has an answer with a reason and what to do, the same from both sides', () => {
    for (const [a, b] of pairs) {
      const there = link(plain(a), plain(b));
      expect(answers, `${a.id} ${b.id}`).toContain(there.answer);
      for (const text of [there.reason, there.wayOut]) expect(text, `${a.id} ${b.id}`).toMatch(/^[A-Z0-9].*\.$/);
      const back = link(plain(b), plain(a));
      expect([back.answer, back.speed]).toEqual([there.answer, there.speed]);
      expect(there.speed === null, `${a.id} ${b.id}`).toBe(!['yes', 'probably'].includes(there.answer));
    }
  });
  // Worked out another way: by bits, with the exception as a list of pairs.
  it('is what bits of speeds and a list of exceptions say', () => {
    const bits = (of: Device) => speedsAt(real(of)).reduce((sum, speed) => sum | speed, 0);
    for (const [a, b] of pairs) {
      const common = bits(a) & bits(b);
      const hba = a.id === 'xserve-raid' ? b : b.id === 'xserve-raid' ? a : null;
      const excepted = hba?.kind === 'hba' && bits(hba) > 3;
      const coded = (a.coding === '10gfc') !== (b.coding === '10gfc');
      const { answer, speed } = link(plain(a), plain(b));
      expect(['yes', 'probably'].includes(answer), `${a.id} ${b.id}`).toBe(common > 0 && !excepted && !coded);
      // 10 is two bits; such ports talk to their like.
      if (speed !== null && !a.coding) expect(speed).toBe(2 ** Math.floor(Math.log2(common)));
    }
  });
  it('with a device that is not in the rule base is unknown, whatever else is set', () => {
    for (const { id } of devices) {
      expect([link(end('other'), end(id)).answer, link(end(id), end('no-such')).answer]).toEqual(['unknown', 'unknown']);
      for (const middle of ['none', 'sanbox-5200']) expect(pathOf(set({ left: 'other', right: id, through: middle })).answer).toMatch(/^(?:unknown|no)$/);
    }
    expect(pathOf(set({ left: 'other', right: 'p2000-g3' })).speed).toBeNull();
  });
});

describe('the source’s pairs', () => {
  it.each([
    ['thunderlink-1082', 'xserve-raid', 'no'],
    ['apple-4g', 'xserve-raid', 'no'],
    ['qle2460', 'xserve-raid', 'probably-not'],
    ['apple-2g', 'xserve-raid', 'yes'],
    ['thunderlink-1082', 'p2000-g3', 'yes'],
    ['qle2460', 'p2000-g3', 'yes'],
    ['qle2670', 'xserve-raid', 'probably-not'],
    ['qle2670', 'apple-2g', 'no'],
    ['qle2740', 'sanbox-5600', 'probably-not'],
    ['qle2460', 'sanbox-5200-10g', 'no'],
  ])('%s and %s: %s', (a, b, answer) => expect(link(end(a), end(b)).answer).toBe(answer));
  it('link through the SANbox 5200 with 2 Gbit/s', () => {
    for (const hba of ['thunderlink-1082', 'qle2460'])
      expect(pathOf(set({ left: hba, right: 'xserve-raid', through: 'sanbox-5200' }))).toMatchObject({ answer: 'yes', speed: 2 });
    expect(helpingSwitches(end('thunderlink-1082'), end('xserve-raid'))[0]).toMatchObject({ device: { id: 'sanbox-5200' }, answer: 'yes' });
    expect(topic.calculate(set({}), null).results.find(({ id }) => id === 'way-out')?.text).toContain('QLogic SANbox 5200 (yes)');
  });
  it('do not link through a switch that links with one of them only', () => {
    const sanbox = deviceOf('sanbox-5200') as Device;
    expect(through(end('qle2670'), end('xserve-raid'), sanbox)).toMatchObject({ answer: 'no', speed: null });
  });
});

describe('what is plugged in and set', () => {
  const pair = (one: Partial<End>, other: Partial<End>, cable?: Parameters<typeof link>[2]) => link(end('qle2560', one), end('p2000-g3', other), cable);
  it.each([
    [{}, {}, 'yes', 8],
    [{ optic: '4' }, {}, 'yes', 4],
    [{ optic: '2' }, {}, 'yes', 2],
    [{ optic: '16' }, {}, 'yes', 8],
    [{ optic: '32' }, {}, 'yes', 8],
    [{ optic: '2' }, { optic: '16' }, 'only-if', null],
    [{ set: '4' }, { set: '4' }, 'yes', 4],
    [{ set: '4' }, {}, 'only-if', 4],
    [{ set: '4' }, { set: '8' }, 'no', null],
    [{ set: '16' }, {}, 'no', null],
    [{ set: '1' }, { set: '1' }, 'no', null],
    [{ wave: 'long' }, {}, 'no', null],
    [{ topology: 'loop' }, { topology: 'point' }, 'no', null],
    [{ topology: 'loop' }, {}, 'yes', 8],
  ] as const)('%j and %j: %s', (one, other, answer, speed) => expect(pair(one, other)).toMatchObject({ answer, speed }));
  it('has no loop at 16 Gbit/s', () => {
    expect(link(end('qle2670', { topology: 'loop' }), end('lpe16000')).answer).toBe('no');
    expect(link(end('qle2670'), end('lpe16000'))).toMatchObject({ answer: 'yes', speed: 16 });
  });
  it.each([
    ['om3', 150, 'yes', 8],
    ['om3', 151, 'only-if', 4],
    ['om2', 51, 'only-if', 4],
    ['om2', 400, 'no', null],
    ['om1', 22, 'only-if', 4],
    ['single', 3, 'no', null],
    ['copper', 3, 'no', null],
  ] as const)('%s of %i m: %s', (kind, metres, answer, speed) => expect(pair({}, {}, { kind, metres })).toMatchObject({ answer, speed }));
  it.each([
    [3, 'only-if', 4],
    [7, 'only-if', 4],
    [11, 'no', null],
  ])('copper of %i m: %s', (metres, answer, speed) =>
    expect(pair({ wave: 'copper' }, { wave: 'copper' }, { kind: 'copper', metres })).toMatchObject({ answer, speed }),
  );
  it('is doubtful over a long copper cable', () => {
    const far = (metres: number) => link(end('apple-2g', { wave: 'copper' }), end('xserve-raid', { wave: 'copper' }), { kind: 'copper', metres }).answer;
    expect([far(5), far(6), far(11)]).toEqual(['yes', 'probably', 'no']);
  });
});

it('calculates every choice without a hole', () => {
  for (const { id: left } of [...devices, { id: 'other' }])
    for (const through of ['none', 'sanbox-5200', 'brocade-300']) {
      const { results, pictures = [] } = topic.calculate(set({ left, through }), null);
      expect(results.map(({ text }) => text)).not.toContain('');
      expect(pictures).toHaveLength(1);
    }
  expect(Object.keys(words)).toHaveLength(answers.length);
});
