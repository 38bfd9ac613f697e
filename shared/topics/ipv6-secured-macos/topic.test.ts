import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isFailure, judge, renderScript, sh } from '../../topic-kit/index.ts';
import { eui64Bytes, hostPart } from './eui64.ts';
import { misfit, parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { defineAddresses } from './reading.ts';
import { steps } from './steps.ts';
import { withSwitchOff } from './sysctl-conf.ts';

describe('the host part', () => {
  it.each([
    ['10:dd:b1:9f:6b:ba', '12dd:b1ff:fe9f:6bba'],
    ['a4:83:e7:12:34:56', 'a683:e7ff:fe12:3456'],
    ['0:1c:42:0:0:9', '021c:42ff:fe00:0009'],
    ['FE-FF-FF-00-00-00', 'fcff:ffff:fe00:0000'],
  ])('of %s is %s', (mac, wanted) => expect(hostPart(mac)).toBe(wanted));
  it.each(['', '10:dd:b1:9f:6b', '10:dd:b1:9f:6b:ba:00', '10:dd:b1:9f:6b:bg', '10:dd:b1:9f:6b:b '.repeat(2)])('is none of %j', (mac) =>
    expect(eui64Bytes(mac)).toBeNull(),
  );
});

describe('the file', () => {
  it.each([
    ['', 'net.inet6.send.opmode=0\n'],
    ['kern.maxfiles=1\n', 'kern.maxfiles=1\nnet.inet6.send.opmode=0\n'],
    ['kern.maxfiles=1', 'kern.maxfiles=1\nnet.inet6.send.opmode=0\n'],
    ['net.inet6.send.opmode = 1\nkern.x=2\n', 'net.inet6.send.opmode=0\nkern.x=2\n'],
    ['#net.inet6.send.opmode=1\n', '#net.inet6.send.opmode=1\nnet.inet6.send.opmode=0\n'],
    ['net.inet6.send.opmode_x=1\n', 'net.inet6.send.opmode_x=1\nnet.inet6.send.opmode=0\n'],
    ['# é\r\na=1\r\n', '# é\r\na=1\r\nnet.inet6.send.opmode=0\r\n'],
  ])('%j becomes %j, and stays so', (old, wanted) => {
    expect(withSwitchOff(old)).toBe(wanted);
    expect(withSwitchOff(wanted)).toBe(wanted);
  });
});

/** What the script makes of an ifconfig that prints this. */
const read = (lines: readonly string[]) => {
  const script = renderScript(
    sh`ifconfig() { printf '%s\\n' ${lines}; }
${defineAddresses('en0')}
wb_addresses`,
    (path) => path,
  );
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
};
describe('the addresses', () => {
  it('are of the kind that their flags and the MAC address say', () => {
    expect(
      read([
        'en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500',
        '\tether 10:dd:b1:9f:6b:ba ',
        '\tinet6 fe80::12dd:b1ff:fe9f:6bba%en0 prefixlen 64 scopeid 0x4 ',
        '\tinet6 fe80::46:3b36:146:9857%en0 prefixlen 64 secured scopeid 0x4 ',
        '\tinet6 2001:DB8:2:4a:12dd:b1ff:fe9f:6bba prefixlen 64 autoconf ',
        '\tinet6 2001:db8:2:4a:4e6:f1d1:dd90:c6b4 prefixlen 64 autoconf secured ',
        '\tinet6 2001:db8:2:4a:59b1:c04:e2aa:7f30 prefixlen 64 deprecated autoconf temporary ',
        '\tinet6 2001:db8:2:4a::1:2 prefixlen 64 dynamic ',
        '\tinet6 2001:db8:2:4a::10 prefixlen 64 ',
        '\tinet6 2001:db8:2:4b:12dd:b1ff:fe9f:6bba prefixlen 64 duplicated autoconf ',
        '\tinet 192.0.2.7 netmask 0xffffff00 broadcast 192.0.2.255',
      ]),
    ).toEqual([
      'mac=10:dd:b1:9f:6b:ba',
      'host=12dd:b1ff:fe9f:6bba',
      'address=fe80::12dd:b1ff:fe9f:6bba scope=link kind=eui64',
      'address=fe80::46:3b36:146:9857 scope=link kind=secured',
      'address=2001:db8:2:4a:12dd:b1ff:fe9f:6bba scope=global kind=eui64',
      'address=2001:db8:2:4a:4e6:f1d1:dd90:c6b4 scope=global kind=secured',
      'address=2001:db8:2:4a:59b1:c04:e2aa:7f30 scope=global kind=temporary',
      'address=2001:db8:2:4a::1:2 scope=global kind=dynamic',
      'address=2001:db8:2:4a::10 scope=global kind=other',
      'address=2001:db8:2:4b:12dd:b1ff:fe9f:6bba scope=global kind=duplicated',
    ]);
  });
  it('are compared with zeros written out', () =>
    expect(
      read(['\tether 2:0:5e:0:53:1', '\tinet6 2001:db8::5eff:fe00:5301 prefixlen 64 autoconf', '\tinet6 2001:db8:0:1::5eff:fe00:5301 prefixlen 64']),
    ).toEqual([
      'mac=02:00:5e:00:53:01',
      'host=0000:5eff:fe00:5301',
      'address=2001:db8::5eff:fe00:5301 scope=global kind=eui64',
      'address=2001:db8:0:1::5eff:fe00:5301 scope=global kind=eui64',
    ]));
  it('are none of an interface without an Ethernet address', () =>
    expect(read(['\tinet6 ::1 prefixlen 128'])).toEqual(['address=::1 scope=global kind=other']));
});

const fixed = { way: 'fixed', address: '2001:DB8:2:4a:0::10', router: 'fe80::1' };
describe('the form', () => {
  it('writes an address as tools do', () => expect(parameters.parse(fixed)).toMatchObject({ address: '2001:db8:2:4a::10' }));
  it.each([
    { iface: 'en0; rm' },
    { iface: '-a' },
    { address: 'fe80::1' },
    { address: 'ff02::1' },
    { address: '2001:db8::10/64' },
    { address: '192.0.2.1' },
    { router: 'fe80::1%en0' },
    { name: '-x' },
    { name: "a'b" },
  ])('does not accept %j', (more) => expect(parameters.safeParse(more).success).toBe(false));
  it('wants address and router of a fixed one only', () => {
    expect(misfit(parameters.parse({}))).toBeNull();
    expect(misfit(parameters.parse({ way: 'fixed' }))).toMatchObject({ field: 'address' });
    expect(misfit(parameters.parse({ ...fixed, router: '' }))).toMatchObject({ field: 'router' });
    expect(misfit(parameters.parse(fixed))).toBeNull();
  });
});

describe('a step', () => {
  const rules = (id: string, output: string, more: object = {}) => {
    const step = steps(parameters.parse(more)).find((each) => each.id === id);
    const matchers = step && 'matchers' in step ? [...step.matchers, ...('verify' in step ? (step.verify?.matchers ?? []) : [])] : [];
    return judge(matchers, { output, exitStatus: 0, facts: {} }).flatMap((verdict) => (isFailure([verdict]) ? [verdict.rule] : []));
  };
  const seen = 'version=10.12.6\nopmode=1\nservice=Ethernet\nmode=Automatic\nmac=a4:83:e7:12:34:56';
  const good = 'opmode=0\naddress=2001:db8::a683:e7ff:fe12:3456 scope=global kind=eui64\nreach=yes from 2001:db8::a683:e7ff:fe12:3456';
  it.each([
    ['look', seen, {}, []],
    ['look', seen.replace('opmode=1', 'opmode=none'), {}, ['no-switch']],
    ['look', seen.replace('opmode=1', 'opmode=unread'), {}, ['unread']],
    ['look', seen.replace('opmode=1', 'opmode=0'), {}, ['already']],
    ['look', seen.replace('opmode=1', 'opmode=0'), fixed, []],
    ['look', seen.replace('Automatic', 'Off'), {}, ['not-automatic']],
    ['look', seen.replace('Ethernet', ''), {}, ['no-service']],
    ['look', 'ifconfig: interface en7 does not exist', {}, ['no-interface']],
    ['look', '', {}, ['mac']],
    ['after', good, {}, []],
    ['after', good.replace('opmode=0', 'opmode=1'), {}, ['ignored']],
    ['after', good.replace('reach=yes from 2001:db8::a683:e7ff:fe12:3456', 'reach=no'), {}, ['not-reached']],
    ['after', `${good}\naddress=fe80::1 scope=link kind=secured`, {}, ['still-secured']],
    ['after', good.replace('kind=eui64', 'kind=duplicated'), {}, ['duplicated']],
    ['after', 'opmode=0', {}, ['eui64']],
    ['after', '', {}, ['off', 'eui64']],
    ['set-address', 'mode=Manual\naddress=2001:db8:2:4a::10 scope=global kind=other\nreach=yes from x', fixed, []],
    ['set-address', 'mode=Manual\naddress=2001:db8:2:4a::10 scope=global kind=tentative', fixed, ['there']],
    ['set-address', 'mode=Automatic', fixed, ['manual', 'there']],
  ])('%s: %j with %j', (id, output, more, wanted) => expect(rules(id, output, more)).toEqual(wanted));
});

describe('the check', () => {
  const base = { version: '10.12.6', opmode: '1', mode: 'Automatic', mac: 'a4:83:e7:12:34:56', host: 'a683:e7ff:fe12:3456' };
  const look = (more: Partial<typeof base>, kinds: readonly string[] = ['secured'], values: object = {}) =>
    probe.judge(
      {
        output: [
          ...Object.entries({ ...base, ...more }).map(([name, value]) => `${name}=${value}`),
          ...kinds.map((kind) => `address=2001:db8:1:2::3 scope=global kind=${kind}`),
        ].join('\n'),
        exitStatus: 0,
      },
      parameters.parse(values),
    );
  it.each([
    ['affected', {}, ['secured', 'temporary']],
    ['affected', { opmode: '0' }, ['secured']],
    ['already-fixed', { opmode: '0' }, ['eui64', 'temporary']],
    ['already-fixed', { mode: 'Manual' }, ['other']],
    ['not-affected', { opmode: 'none' }, ['eui64']],
    ['not-affected', { mode: 'Off' }, []],
    ['unknown', { opmode: 'unread' }, ['secured']],
    ['unknown', { mac: '' }, []],
    ['unknown', { mode: '' }, ['secured']],
    ['unknown', {}, ['temporary']],
    ['unknown', { opmode: '0' }, []],
  ] as const)('says %s with %j and %j', (verdict, more, kinds) => expect(look(more, kinds)).toMatchObject({ verdict }));
  it('proposes a fixed address on newer releases, and leaves it at that', () => {
    expect(look({ version: '13.2' })).toMatchObject({ verdict: 'affected', proposes: [{ field: 'way', value: 'fixed' }] });
    expect(look({}).proposes).toEqual([]);
    expect(look({ version: '13.2' }, ['secured'], fixed).proposes).toEqual([]);
  });
});
