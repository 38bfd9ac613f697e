import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measuredTimes, medianOf } from './measured-times.ts';
import { chanceBy, oddsOf, timeTo } from './odds.ts';
import { parameters } from './parameters.ts';
import { topic } from './topic.ts';

const sources = parameters.parse({});
const median = (more: Partial<typeof sources> = {}) => timeTo(oddsOf({ ...sources, ...more }), 0.5);
/** The same numbers every time: a linear congruential generator (Knuth's MMIX), of which the upper bits are used. */
function dice(seed: bigint): () => number {
  let state = seed;
  return () => {
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
    return Number(state >> 11n) / 2 ** 53;
  };
}

describe('the source’s values', () => {
  it('give 1.3766 s with the closed time, and 1.2514 s without', () => {
    expect(median()).toBeCloseTo(1.37655, 4);
    expect(median({ Wc: 0 })).toBeCloseTo(1.25141, 4);
    const { results } = topic.calculate(sources, null);
    expect(Object.fromEntries(results.map(({ id, text }) => [id, text]))).toMatchObject({
      median: '1.377 s',
      'median-published': '1.251 s',
      'per-window': '1.648 %',
    });
  });

  it('lie where whole numbers say: no logarithm, no floating point', () => {
    // 36000 · 0.03 = 1080 of 65536 identifiers a window. (64456/65536)^n passes 1/2 between n = 41.714 and 41.715, as its 1000th power passes 2^-1000.
    const stillBelow = (thousandths: bigint) => 64_456n ** thousandths * 2n ** 1000n > 65_536n ** thousandths;
    const windows = (median() / 0.033) * 1000;
    expect(stillBelow(BigInt(Math.floor(windows)))).toBe(true);
    expect(stillBelow(BigInt(Math.ceil(windows)))).toBe(false);
  });

  it('are what attempts played packet by packet take', () => {
    const random = dice(20_080_730n);
    const attempt = () => {
      for (let window = 0; ; window++) {
        // The identifiers of a window are all different: the right one is at a place among all of them.
        const place = Math.floor(random() * 65_536);
        if (place < 1080) return window * 0.033 + (place + 1) / 36_000;
      }
    };
    const times = Array.from({ length: 20_000 }, attempt).sort((a, b) => a - b);
    const played = medianOf(times);
    expect(Math.abs(played / median() - 1)).toBeLessThan(0.03);
    // Without the closed time it does not fit: the check can tell the two apart.
    expect(Math.abs(played / median({ Wc: 0 }) - 1)).toBeGreaterThan(0.06);
    const early = times.filter((time) => time <= 0.5).length / times.length;
    expect(Math.abs(early - chanceBy(oddsOf(sources), 0.5))).toBeLessThan(0.015);
  });
});

describe('the odds', () => {
  it('take as many times longer as there are more ports, servers and letters', () => {
    expect(median({ P: 64_000 }) / 3600).toBeCloseTo(24.68, 1);
    expect(median({ N: 2 })).toBeGreaterThan(median());
    expect(median({ P: 64_000, letters: 12 }) / median({ P: 64_000 })).toBeCloseTo(4096, 0);
  });

  it('are a chance, rise with time, and reach what was asked for, whatever the sliders say', () => {
    const range = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const any = fc.record({
      R: range(1, 1e7),
      W: range(1e-4, 5),
      Wc: range(0, 0.5),
      D: range(1, 1000),
      N: range(1, 13),
      P: range(1, 65_535),
      I: range(1, 65_536),
      letters: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(any, range(0.001, 0.999), (values, chance) => {
        const odds = oddsOf(values);
        const t = timeTo(odds, chance);
        expect(t).toBeGreaterThan(0);
        expect(Math.abs(chanceBy(odds, t) - chance)).toBeLessThan(1e-9);
        expect(chanceBy(odds, t * 1.01)).toBeGreaterThan(chanceBy(odds, t * 0.99));
        expect(JSON.stringify(topic.calculate(values, { times: [t] }))).not.toMatch(/null|NaN|Infinity/);
      }),
    );
  });

  it('are certain, and say so, where more answers come than there are combinations', () => {
    const { results, warnings } = topic.calculate({ ...sources, I: 100 }, null);
    expect(results.find(({ id }) => id === 'per-window')).toMatchObject({ value: 1, text: '100 %' });
    expect(results.find(({ id }) => id === 'median')).toMatchObject({ value: 0.015 });
    expect(warnings.join()).toContain('more than 100 %');
  });
});

describe('measured times', () => {
  const read = (text: string) => measuredTimes.parse(text);

  it.each([
    ['a column alone', 'time\n1000\n3000\n2000\n'],
    ['as R writes it, with names of rows and quotes', '"time"\n"1" 1000\n"2" 2000\n"3" 3000\n'],
    ['among other columns, with commas', 'run,time,ok\n1,1000,yes\r\n2,2e3,yes\r\n3,3000.0,no'],
    ['with tabs, comments and blank lines', '# speed test\nrun\ttime\n\n1\t1000\n2\t3000 # slow\n3\t2000\n'],
  ])('are read: %s', (_, text) => expect(read(text)).toEqual({ data: { times: [1, 2, 3] } }));

  it.each([
    ['', 0, 'nothing'],
    ['seconds\n1\n', 1, 'no column “time”'],
    ['time\n', 1, 'No line follows'],
    ['time\n1000\nNA\n', 3, '“NA” is not a number'],
    ['time\n12,5\n', 2, 'It has 2 columns'],
    ['time\n-3\n', 2, 'less than 0'],
    ['a time\n1 2\n\n1\n', 4, 'It has 1 columns'],
    ['time\n1e999\n', 2, 'not a number'],
  ])('are refused by the number of the line: %j', (text, line, message) =>
    expect(read(text)).toEqual({ issues: [{ line, message: expect.stringContaining(message) }] }),
  );

  it('are compared with the model, and drawn beside it on one scale', () => {
    const { results, pictures, warnings } = topic.calculate(sources, { times: [1.2, 1.386, 2] });
    expect(results.find(({ id }) => id === 'measured-median')).toMatchObject({ text: '1.386 s' });
    expect(results.find(({ id }) => id === 'difference')).toMatchObject({ text: '−0.68 %' });
    expect(pictures.map(({ id }) => id)).toEqual(['chance', 'histogram']);
    expect(warnings.join()).toContain('3 measured times are few');
    const [, histogram] = pictures;
    const bars = histogram?.kind === 'lines' ? (histogram.series[0]?.points.slice(1, -2) ?? []) : [];
    expect(bars.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(100, 6);
  });
});
