import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judge as judgeStep, renderScript, type Script } from '../../topic-kit/index.ts';
import { editInterfaces } from './ifupdown.ts';
import { keptMatchers, showKept } from './kept.ts';
import { editDropIn, editNetdev } from './netdev.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { allWords, networkdSettings, provedBack, setBack, setBridge, showBridge, showPorts } from './settings.ts';

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
    // rigacci.org, cdist: a line that names an interface by its address.
    [
      'before a rename',
      `${stanza}rename mac/00:11:22:33:44:55=lan0\niface lan0 inet manual\n    mtu 1400\n`,
      `${stanza}\t${line}\nrename mac/00:11:22:33:44:55=lan0\niface lan0 inet manual\n    mtu 1400\n`,
    ],
    ['behind a comment that ends with a backslash', `${stanza}\t# see \\\nauto lo\n`, `${stanza}\t${line}\n\t# see \\\nauto lo\n`],
    ['behind an option whose last line looks like a comment', `${stanza}\tup echo \\\n# x\n`, `${stanza}\tup echo \\\n# x\n\t${line}\n`],
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
  it.each([
    ['other-device', '[NetDev]\nName=br01\n'],
    ['other-device', '[Match]\nName=br0\n'],
    ['other-device', '[NetDev]\n#Name=br0\nName=br1\n'],
    ['other-kind', '[NetDev]\nName=br0\nKind=vlan\n'],
  ])('is left alone in a file of another device: %s', (rule, old) => {
    expect(editNetdev(old, 'br0', off)).toMatchObject({ rule });
  });
  it('counts over several sections of its name, and takes blanks in front', () => {
    const old = '[NetDev]\n  Name = br0\n[Bridge]\nAgeingTimeSec=0\nMulticastSnooping=no\n[Bridge]\nAgeingTimeSec=300\nMulticastSnooping=no\n';
    expect(editNetdev(old, 'br0', off)).toBe(old.replace('300', '0'));
  });
  it('is all of a drop-in', () => {
    expect(editDropIn('', networkdSettings({ multicast: 'querier-on' }))).toBe('[Bridge]\nAgeingTimeSec=0\nMulticastSnooping=yes\nMulticastQuerier=yes\n');
  });
});

describe('what is asked of the server', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(path.join(tmpdir(), 'wb-bridge-'));
  });
  afterEach(() => rmSync(base, { recursive: true }));
  const tool = (name: string, text: string) => {
    mkdirSync(path.join(base, 'bin'), { recursive: true });
    writeFileSync(path.join(base, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  };
  const write = (name: string, text: string) => {
    mkdirSync(path.join(base, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(base, name), text);
  };
  const said = (script: Script) => {
    const environment = { ...process.env, PATH: `${base}/bin:${process.env.PATH}` };
    const ran = spawnSync('sh', ['-c', renderScript(script, (place) => base + place)], { encoding: 'utf8', env: environment });
    return ran.stdout.split('\n').filter(Boolean);
  };
  const sys = 'sys/class/net/br0/bridge';
  const kernel = () => {
    for (const [name, value] of [
      ['ageing_time', '30000'],
      ['multicast_snooping', '1'],
      ['multicast_querier', '0'],
    ] as const)
      write(`${sys}/${name}`, `${value}\n`);
    write('sys/class/net/br0/brif/tap0', '');
  };
  const busybox = '4: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue qlen 1000\\\\    link/ether 02:50:00:00:00:01 brd ff:ff:ff:ff:ff:ff';

  it('comes from the kernel’s files, whatever ip is there (busybox, OpenWrt)', () => {
    kernel();
    tool('ip', `echo "ip: unrecognized option: d" >&2; exit 1`);
    expect(said(showBridge('br0'))).toEqual(['kind=bridge', 'ageing_time=30000', 'mcast_snooping=1', 'mcast_querier=0']);
    expect(said(showPorts('br0'))).toEqual(['port: tap0']);
    expect(said(setBridge('br0', 'ageing', ['ageing_time', '0']))).toEqual([]);
    expect(said(showBridge('br0'))[1]).toBe('ageing_time=0');
    expect(said(provedBack('br0', 'ageing').script)).toEqual(['The bridge is not as it was.']);
    said(setBack('br0', 'ageing'));
    expect(said(provedBack('br0', 'ageing').script)).toEqual(['The bridge is as it was: ageing_time 30000 ']);
    expect(said(provedBack('br0', 'ageing').script)).toEqual(['The bridge was so before this run.']);
  });
  it.each([
    ['untold', busybox],
    ['untold', `${busybox} promiscuity 0 \\\\    bridge forward_delay 1500 hello_time 200 addrgenmode eui64`],
    ['other', `${busybox} promiscuity 0 addrgenmode eui64 numtxqueues 1`],
    ['bridge', `${busybox} promiscuity 0 \\\\    bridge forward_delay 1500 ageing_time 30000 stp_state 0 mcast_snooping 1 mcast_querier 0`],
  ])('is "%s" by an ip that says: %s', (kind, text) => {
    tool('ip', `echo '${text}'`);
    expect(said(showBridge('br0'))).toContain(`kind=${kind}`);
  });

  const kept = (more: object = {}) => said(showKept(parameters.parse(more)));
  it('is asked of ifupdown itself, which says what it can’t read', () => {
    tool('ifquery', `echo 'interfaces:6: misplaced option' >&2; echo "ifquery: couldn't read interfaces file \\"/etc/network/interfaces\\"" >&2; exit 1`);
    expect(kept()).toEqual(['unread=interfaces:6: misplaced option', 'unread=ifquery: couldn\'t read interfaces file "/etc/network/interfaces"', 'kept=0']);
    tool('ifquery', `echo 'address: 10.50.0.1/24'; echo 'up: ip link set dev br0 type bridge ageing_time 0 mcast_snooping 0'`);
    expect(kept()).toEqual(['kept=1']);
    tool('ifquery', `echo 'up: echo ip link set dev br0 type bridge ageing_time 0 mcast_snooping 0'`);
    expect(kept()).toEqual(['kept=0']);
    tool('ifquery', `echo 'Unknown interface br0' >&2; exit 1`);
    expect(kept()).toEqual(['kept=0']);
  });
  it('is not what stands in a comment or another section (netdev)', () => {
    tool('systemctl', "printf 'systemd 234\\n+PAM +AUDIT\\n'");
    write('etc/systemd/network/br0.netdev', '');
    expect(kept({ keep: 'networkd' })).toEqual(['systemd=234', 'kept=0']);
    const place = 'etc/systemd/network/br0.netdev';
    const has = (text: string) => {
      write(place, text);
      return kept({ keep: 'networkd' }).at(-1);
    };
    expect(has('[NetDev]\nName=br0\n[Bridge]\nAgeingTimeSec=0\nMulticastSnooping=no\n')).toBe('kept=1');
    expect(has('[NetDev]\nName=br0\n[Bridge]\r\nAgeingTimeSec = 0\r\nMulticastSnooping=no\r\n')).toBe('kept=1');
    expect(has('[NetDev]\nAgeingTimeSec=0\nMulticastSnooping=no\n[Bridge]\n')).toBe('kept=0');
    expect(has('[Bridge]\n#AgeingTimeSec=0\nMulticastSnooping=no\n')).toBe('kept=0');
    expect(has('[Bridge]\nAgeingTimeSec=0\nMulticastSnooping=no\n[Bridge]\nAgeingTimeSec=300\n')).toBe('kept=0');
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
    ['not-affected', 'there=1\nkind=other\nport.tap0=0\n'],
    ['unknown', 'there=1\nport.tap0=0\n'],
    ['unknown', 'there=1\nkind=untold\nport.tap0=0\n'],
    ['affected', `${fixed}unread=interfaces:6: misplaced option\n`],
  ])('says %s', (verdict, output) => expect(judge(output)).toBe(verdict));

  it.each([
    ['already-fixed', 235],
    ['already-fixed', 252],
    ['affected', 234],
    ['affected', 229],
  ])('says %s with systemd %i, which takes 0 or ignores it', (verdict, version) => {
    const networkd = parameters.parse({ keep: 'networkd' });
    expect(probe.judge({ output: `${fixed}systemd=${version}\n`, exitStatus: 0 }, networkd)).toMatchObject({ verdict });
    const rules = judgeStep(keptMatchers, { output: `systemd=${version}\nkept=1\n`, exitStatus: 0, facts: {} }).flatMap(({ kind, rule }) =>
      kind === 'failure' ? [rule] : [],
    );
    expect(rules).toEqual(verdict === 'affected' ? ['old-systemd'] : []);
  });

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
