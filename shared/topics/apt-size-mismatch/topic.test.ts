import { describe, expect, it } from 'vitest';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { mismatch, steps } from './steps.ts';
import { topic } from './topic.ts';

const values = parameters.parse({ pkg: 'demo' });

describe('what apt says', () => {
  it.each([
    '  Writing more data than expected (275122 > 275100)',
    '  File has unexpected size (275122 != 275100). Mirror sync in progress? [IP: 10.0.0.5 3142]',
    'E: Failed to fetch http://x/y.deb  File has unexpected size (1 != 2). Mirror sync in progress?',
    '  Datei hat eine unerwartete Größe (275122 != 275100). Eventuell läuft gerade eine Spiegel-Synchronisierung?',
    '  Hash Sum mismatch',
  ])('is known: %s', (line) => expect(line).toMatch(mismatch));
  it.each(['  404  Not Found [IP: 10.0.0.5 3142]', 'E: Unable to locate package demo', 'Get:1 http://x ./ demo 1.0 [275 kB]'])(
    'is another problem: %s',
    (line) => expect(line).not.toMatch(mismatch),
  );
});

describe('the ways', () => {
  const idsOf = (way: string) => steps({ ...values, way } as typeof values).map(({ id, on }) => `${id} on ${on}`);
  it('differ after the comparison', () => {
    expect(idsOf('remove')).toEqual(['try on client', 'compare on client', 'remove on proxy', 'proof on client']);
    expect(idsOf('expire')).toEqual(['try on client', 'compare on client', 'expire on client', 'proof on client']);
    expect(idsOf('bypass')).toEqual(['try on client', 'compare on client', 'bypass on client']);
  });
  it('need the proxy only where its files are moved', () => {
    expect(topic.lacks?.(values, ['client'])).toMatchObject({ field: 'way', message: expect.stringContaining('has to get there') });
    expect(topic.lacks?.(values, ['client', 'proxy'])).toBeNull();
    expect(topic.lacks?.({ ...values, way: 'bypass' }, ['client'])).toBeNull();
  });
});

describe('the check', () => {
  const judge = (...lines: string[]) => probe.judge({ output: ['index.size=100', 'hash=x', ...lines].join('\n'), exitStatus: 0 }, values);
  it.each([
    ['affected', ['origin=same', 'proxy=differs']],
    ['already-fixed', ['origin=same', 'proxy=same']],
    ['already-fixed', ['origin=same', 'proxy=differs', 'archive=right']],
    ['not-affected', ['origin=differs', 'proxy=differs']],
    ['not-affected', ['origin=same', 'proxy=none']],
    ['unknown', ['origin=unreachable', 'proxy=differs']],
    ['unknown', ['origin=same', 'proxy=unreachable']],
    ['unknown', ['index=missing']],
    ['unknown', []],
  ])('says %s of %j', (verdict, lines) => expect(judge(...lines).verdict).toBe(verdict));
  it('shows what the proxy keeps, where it was looked at', () => {
    const seen = { output: 'origin=same\nproxy=differs', exitStatus: 0, machines: { proxy: { output: 'copies=2', exitStatus: 0 } } };
    expect(probe.judge(seen, values).findings).toContainEqual(expect.objectContaining({ label: 'Copies in the cache', value: '2' }));
    expect(judge('origin=same', 'proxy=differs').findings.map(({ label }) => label)).not.toContain('Copies in the cache');
  });
  it('never takes a repository that differs for a case of this', () =>
    expect(judge('origin=differs', 'proxy=differs').next).toContain('do not install the file'));
});

it.each(['Demo', 'a', 'x y', "a'b", '-o'])('takes no package %j', (pkg) => expect(parameters.safeParse({ pkg }).success).toBe(false));
