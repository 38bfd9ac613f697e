import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { twice } from './rule.ts';
import { steps } from './steps.ts';

const values = parameters.parse({});

describe('the check', () => {
  const seen = {
    rule: 'file',
    calls: '2',
    packaged: '80-ifupdown.rules',
    owner: 'none',
    messages: '1',
    named: 'eth0',
    auto: '1',
    hotplug: '0',
    interface: 'yes',
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
    ['affected', { messages: '0', named: '' }],
    ['affected', { owner: 'left-behind' }],
    ['not-affected', { owner: 'ifupdown' }],
    ['not-affected', { calls: '0' }],
    ['not-affected', { packaged: '' }],
    ['not-affected', { rule: 'link' }],
    ['not-affected', { rule: 'none' }],
    ['already-fixed', { rule: 'none', moved: 'yes' }],
    ['unknown', { rule: 'unreadable' }],
    ['unknown', { messages: 'what' }],
  ])('says %s with %j', (verdict, more) => expect(check(more)).toMatchObject({ verdict }));
  it('says unknown of nothing', () => expect(probe.judge({ output: '', exitStatus: 1 }, values)).toMatchObject({ verdict: 'unknown' }));
  it('proposes the interface that ifup names', () =>
    expect(check({ named: 'enp3s0' }).proposes).toEqual([expect.objectContaining({ field: 'iface', value: 'enp3s0' })]));
});

it.each(['', 'eth0; reboot', '-a', 'a-name-that-is-too-long'])('takes no interface %j', (iface) => expect(parameters.safeParse({ iface }).success).toBe(false));
it.each(['anything', '$(reboot)', '10.0.0.0/8 dev x'])('takes no route %j', (route) => expect(parameters.safeParse({ route }).success).toBe(false));
it.each(['', 'default', '198.51.100.0/24', '2001:db8::/32'])('takes the route %j', (route) => expect(parameters.safeParse({ route }).success).toBe(true));

it.each([
  ['ifup: interface eth0 already configured', true],
  ['ifup: waiting for lock on /run/network/ifstate.ens3', true],
  ['ifup: unknown interface eth0', false],
  ['ifdown: interface eth0 not configured', false],
])('of "%s" says that ifup ran twice: %s', (line, is) => expect(twice.test(line)).toBe(is));

describe('the rule', () => {
  const rules = (output: string) => {
    const look = steps(values).find(({ id }) => id === 'look');
    const verdicts = judge(look && 'matchers' in look ? look.matchers : [], { output, exitStatus: 0, facts: {} });
    return verdicts
      .filter((one) => isFailure([one]))
      .map(({ rule }) => rule)
      .sort();
  };
  const udev = 'udev-names-rules=4\nudev-names-old-rule=2';
  it.each([
    ['calls-ifup=1\nowner=none', []],
    ['calls-ifup=2\nowner=left-behind', []],
    ['calls-ifup=1\nowner=ifupdown', ['owned']],
    ['calls-ifup=0\nowner=none', ['runs-ifup']],
  ])('%j', (text, failures) => expect(rules(`${text}\n${udev}`)).toEqual(failures));
  it('is not moved when udev could not be asked', () => expect(rules('calls-ifup=1\nowner=none\nudev-names-rules=0')).toEqual(['udev-read', 'udev-uses-it']));
});
