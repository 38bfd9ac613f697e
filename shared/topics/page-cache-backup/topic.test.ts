import { describe, expect, it } from 'vitest';
import { isFailure, judge, renderScript } from '../../topic-kit/index.ts';
import { tar } from './measure.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';

const values = parameters.parse({});

describe('the check', () => {
  const seen = {
    LoadState: 'loaded',
    MemoryHigh: 'infinity',
    MemoryLimit: 'infinity',
    controller: 'v2',
    size: '4000',
    cached: '3900',
    MemTotal: '3925',
    Cached: '3516',
    SwapTotal: '1023',
    SwapFree: '1000',
    pswpout: '0',
  };
  const check = (more: Record<string, string>) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      values,
    );
  it.each([
    ['affected', {}],
    ['affected', { cached: '0', SwapFree: '20', pswpout: '88120' }],
    ['unknown', { cached: '0' }],
    ['unknown', { cached: '0', SwapFree: '20', pswpout: '88120', Cached: '300' }],
    ['unknown', { size: '', cached: '' }],
    ['already-fixed', { MemoryHigh: '268435456' }],
    ['already-fixed', { MemoryLimit: '268435456' }],
    ['affected', { MemoryLimit: '18446744073709551615' }],
    ['not-affected', { controller: 'none' }],
    ['unknown', { LoadState: 'not-found' }],
    ['unknown', { SwapTotal: '' }],
  ])('says %s with %j', (verdict, more) => expect(check(more)).toMatchObject({ verdict }));
  it('says unknown of nothing', () => expect(probe.judge({ output: '', exitStatus: 1 }, values)).toMatchObject({ verdict: 'unknown' }));
  it('proposes what these control groups can limit with', () => {
    expect(check({ controller: 'v1' }).proposes).toEqual([expect.objectContaining({ field: 'property', value: 'MemoryLimit' })]);
    expect(check({}).proposes).toEqual([]);
  });
});

it.each([
  ['unit', 'backup'],
  ['unit', '-x.service'],
  ['unit', 'a b.service'],
  ['sample', 'disk.img'],
  ['sample', '/srv/$(reboot)'],
  ['mib', '63'],
  ['mib', 'much'],
])('takes no %s %j', (name, value) => expect(parameters.safeParse({ [name]: value }).success).toBe(false));

it('has tar read a file whose name begins like an option, and one in the root', () => {
  expect(renderScript(tar('/srv/-v'), (path) => path)).toBe('tar -C /srv -cf - ./-v');
  expect(renderScript(tar('/disk.img'), (path) => path)).toBe('tar -C / -cf - ./disk.img');
});

it('limits in bytes, as systemd shows it', () => {
  const limit = steps(values).find(({ id }) => id === 'limit');
  expect(limit?.kind === 'edit' && limit.edit('', {}, '')).toBe('[Service]\nMemoryHigh=268435456\n');
});

it('draws what was measured, and says that it is an example where nothing was', () => {
  const draw = (facts: Record<string, string>) => pictures(values, { facts, done: new Set() } as never)[0];
  expect(draw({})).toMatchObject({ title: expect.stringContaining('example') });
  expect(draw({ 'plain-curve': '10:12,20:24', 'direct-curve': '10:0,20:0' })).toMatchObject({
    series: [
      {
        label: 'tar',
        points: [
          [10, 12],
          [20, 24],
        ],
      },
      {
        label: 'O_DIRECT',
        points: [
          [10, 0],
          [20, 0],
        ],
      },
    ],
  });
});

it.each([
  ['LoadState=loaded\nsize=256', []],
  ['LoadState=loaded\nsize=63\ntoo-small=63', ['small']],
  ['LoadState=loaded\nsize=9000\ntoo-large=9000', ['large']],
  ['LoadState=loaded\nsample=unreadable', ['unreadable']],
  ['LoadState=not-found\nsize=256', ['no-unit']],
  ['LoadState=loaded\nsize=256\ncontroller=v1', ['no-controller']],
  ['', ['loaded']],
])('of %j says %j', (output, rules) => {
  const look = steps(values).find(({ id }) => id === 'look');
  const verdicts = judge(look && 'matchers' in look ? look.matchers : [], { output, exitStatus: 0, facts: {} });
  expect(verdicts.filter((one) => isFailure([one])).map(({ rule }) => rule)).toEqual(rules);
});
