import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';

const values = parameters.parse({});
const step = (id: string) => steps(values).find((each) => each.id === id);

describe('the drop-in', () => {
  const edit = (old: string): unknown => {
    const dropIn = step('drop-in');
    return dropIn?.kind === 'edit' ? dropIn.edit(old, {}, '') : null;
  };
  it.each([
    ['', '[Service]\nRestart=on-failure\nRestartSec=15\n'],
    ['[Service]\nRestart=always\n', '[Service]\nRestart=on-failure\nRestartSec=15\n'],
    ['# ours\r\n[Service]\r\nNice=5\r\n', '# ours\r\n[Service]\r\nNice=5\r\nRestart=on-failure\r\nRestartSec=15\r\n'],
  ])('of %j keeps the rest, and is the same the second time', (old, wanted) => {
    expect(edit(old)).toBe(wanted);
    expect(edit(wanted)).toBe(wanted);
  });
});

it.each(['1', '60', 'soon'])('takes no %s seconds between two starts', (seconds) => expect(parameters.safeParse({ seconds }).success).toBe(false));

describe('why it failed', () => {
  const gaveUp = 'Not configured to listen on any interfaces!';
  it.each([
    [`No subnet declaration for eth1 (no IPv4 addresses).\n${gaveUp}`, []],
    [`No subnet declaration for eth0 (192.0.2.1).\nNo subnet declaration for eth1 (no IPv4 addresses).\n${gaveUp}`, []],
    [`No subnet declaration for eth1 (192.0.2.1).\n${gaveUp}`, ['no-subnet']],
    ['No subnet declaration for eth1 (no IPv4 addresses).', ['gave-up']],
    ['', ['gave-up', 'too-late']],
  ])('is read from %j', (output, rules) => {
    const why = step('why');
    const verdicts = judge(why && 'matchers' in why ? why.matchers : [], { output, exitStatus: 0, facts: {} });
    expect([
      verdicts
        .filter((verdict) => isFailure([verdict]))
        .map(({ rule }) => rule)
        .sort(),
      isFailure(verdicts),
    ]).toEqual([rules, rules.length > 0]);
  });
});

describe('the look', () => {
  const seen = {
    'loaded.isc-dhcp-server.service': 'loaded',
    'loaded.dhcpd.service': 'not-found',
    ActiveState: 'failed',
    Restart: 'no',
    RestartUSec: '100ms',
    late: '1',
    other: '0',
    'gave-up': '1',
  };
  const look = (more: Record<string, string>) =>
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
    ['affected', { ActiveState: 'active' }],
    ['already-fixed', { Restart: 'on-failure' }],
    ['not-affected', { late: '0', other: '1' }],
    ['unknown', { late: '0' }],
    ['unknown', { Restart: '' }],
    ['not-affected', { 'loaded.isc-dhcp-server.service': 'not-found' }],
  ])('says %s with %j', (verdict, more) => expect(look(more)).toMatchObject({ verdict }));
  it('proposes the unit that is there', () => {
    expect(look({ 'loaded.isc-dhcp-server.service': 'not-found', 'loaded.dhcpd.service': 'loaded' }).proposes).toEqual([
      expect.objectContaining({ field: 'unit', value: 'dhcpd.service' }),
    ]);
  });
});
