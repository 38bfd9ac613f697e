import { describe, expect, it } from 'vitest';
import { editInterfaces } from './ifupdown.ts';
import { editDropIn, editNetdev } from './netdev.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { allWords, networkdSettings } from './settings.ts';

const words = allWords({ multicast: 'snooping-off' });
const line = `post-up ip link set dev br0 type bridge ${words}`;
const text = (result: unknown): string => {
  expect(typeof result).toBe('string');
  return result as string;
};

describe('the stanza of interfaces(5)', () => {
  const stanza = 'auto br0\niface br0 inet static\n\taddress 10.50.0.1/24\n\tbridge_ports eth0\n';
  it.each([
    ['at its end', stanza, `${stanza}\t${line}\n`],
    ['before the next one', `${stanza}\n# next\nauto lo\niface lo inet loopback\n`, `${stanza}\t${line}\n\n# next\nauto lo\niface lo inet loopback\n`],
    ['without a last line end', stanza.slice(0, -1), `${stanza}\t${line}`],
    ['with CRLF', stanza.replaceAll('\n', '\r\n'), `${stanza.replaceAll('\n', '\r\n')}\t${line}\r\n`],
    ['without options', 'iface br0 inet manual\n', `iface br0 inet manual\n    ${line}\n`],
    [
      'in place of an earlier one',
      `${stanza}\tpost-up ip link set dev br0 type bridge ageing_time 0 mcast_querier 1\n\tmtu 1400\n`,
      `${stanza}\tmtu 1400\n\t${line}\n`,
    ],
    ['in the first of two', `${stanza}iface br0 inet6 auto\n`, `${stanza}\t${line}\niface br0 inet6 auto\n`],
    ['with a comment in UTF-8', `# Brücke\n${stanza}`, `# Brücke\n${stanza}\t${line}\n`],
  ])('gets one line %s, and no second one', (_, old, wanted) => {
    expect(editInterfaces(old, 'br0', words)).toBe(wanted);
    expect(editInterfaces(wanted, 'br0', words)).toBe(wanted);
  });

  it('is none of another bridge, and none that is cut off', () => {
    expect(editInterfaces(stanza, 'br', words)).toMatchObject({ rule: 'no-stanza' });
    expect(editInterfaces('source /etc/network/interfaces.d/*\n', 'br0', words)).toMatchObject({ next: expect.stringContaining('source') });
    expect(editInterfaces('iface br0 inet static\n  up echo \\', 'br0', words)).toMatchObject({ rule: 'cut-off' });
  });

  it('takes a continued line that looks like a keyword for what it is', () => {
    const old = 'iface br0 inet manual\n  up echo \\\n  auto\n  mtu 1400\n';
    expect(editInterfaces(old, 'br0', words)).toBe(`${old}  ${line}\n`);
  });

  it('stays quick on a file of 50,000 stanzas', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `iface e${index} inet manual\n`).join('');
    expect(text(editInterfaces(`${many}${stanza}`, 'br0', words))).toBe(`${many}${stanza}\t${line}\n`);
  });
});

describe('the [Bridge] section of systemd.netdev(5)', () => {
  const off = networkdSettings({ multicast: 'snooping-off' });
  const head = '[NetDev]\nName=br0\nKind=bridge\n';
  const section = '[Bridge]\nAgeingTimeSec=0\nMulticastSnooping=no\n';
  it.each([
    ['is added', head, `${head}\n${section}`],
    ['is added without a last line end', head.slice(0, -1), `${head}\n${section}`],
    ['is filled', `${head}\n[Bridge]\nSTP=no\n\n[VLAN]\n`, `${head}\n[Bridge]\nSTP=no\nAgeingTimeSec=0\nMulticastSnooping=no\n\n[VLAN]\n`],
    [
      'has its last value changed',
      `${head}[Bridge]\nAgeingTimeSec=300\nAgeingTimeSec=20 \n# why\nMulticastSnooping=no`,
      `${head}[Bridge]\nAgeingTimeSec=300\nAgeingTimeSec=0\n# why\nMulticastSnooping=no`,
    ],
    ['keeps CRLF', `${head}[Bridge]\n`.replaceAll('\n', '\r\n'), `${head}${section}`.replaceAll('\n', '\r\n')],
  ])('%s, and stays so', (_, old, wanted) => {
    expect(editNetdev(old, 'br0', off)).toBe(wanted);
    expect(editNetdev(wanted, 'br0', off)).toBe(wanted);
  });
  it('is left alone in a file of another device', () => {
    expect(editNetdev('[NetDev]\nName=br01\n', 'br0', off)).toMatchObject({ rule: 'other-device' });
  });
  it('is all of a drop-in', () => {
    expect(editDropIn('', networkdSettings({ multicast: 'querier-on' }))).toBe('[Bridge]\nAgeingTimeSec=0\nMulticastSnooping=yes\nMulticastQuerier=yes\n');
  });
});

describe('the look', () => {
  const values = parameters.parse({});
  const judge = (output: string) => probe.judge({ output, exitStatus: 0 }, values).verdict;
  const fixed = 'there=1\nageing_time=0\nmcast_snooping=0\nmcast_querier=0\nport.tap0=1\nport.eth0=1\nkept=1\n';
  it.each([
    ['already-fixed', fixed],
    ['affected', fixed.replace('ageing_time=0', 'ageing_time=30000')],
    ['affected', fixed.replace('snooping=0', 'snooping=1')],
    ['affected', fixed.replace('kept=1', 'kept=0')],
    ['affected', fixed.replace('kept=1\n', '')],
    ['unknown', fixed.replace('tap0=1', 'tap0=0')],
    ['not-affected', fixed.replace('there=1', 'there=0')],
    ['not-affected', 'there=1\nport.tap0=0\n'],
  ])('says %s', (verdict, output) => expect(judge(output)).toBe(verdict));

  it.each<[string, string, Record<string, string>]>([
    ['nothing where the form is right', 'made-by.ifupdown=interfaces:\n', {}],
    ['the way', 'made-by.netplan=yes\n', { keep: 'netplan' }],
    ['way and file', 'made-by.networkd=25-lan.netdev:\n', { keep: 'networkd', netdev: '/etc/systemd/network/25-lan.netdev' }],
    ['the file', 'made-by.ifupdown=interfaces.d/vpn:\n', { interfaces: '/etc/network/interfaces.d/vpn' }],
    ['nothing where several have it', 'made-by.ifupdown=interfaces:\nmade-by.networkd=br0.netdev:\n', {}],
    ['nothing where two files have it', 'made-by.ifupdown=interfaces.d/a:interfaces.d/b:\n', {}],
    ['nothing where none has it', '', {}],
  ])('proposes %s', (_, made, wanted) => {
    const { proposes = [] } = probe.judge({ output: fixed.replace('ageing_time=0', 'ageing_time=30000') + made, exitStatus: 0 }, values);
    expect(Object.fromEntries(proposes.map(({ field, value }) => [field, value]))).toEqual(wanted);
  });
});
