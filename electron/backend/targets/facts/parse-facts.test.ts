import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { targetFacts } from '../../../../shared/api/target.ts';
import { parseFacts } from './parse-facts.ts';
import { clockSkew } from './read-facts.ts';

const tag = 'wb-1';
/** As facts.sh prints what these systems' own programs and files say. */
const said = (lines: string) =>
  `${lines
    .split('\n')
    .map((line) => `${tag} ${line}`)
    .join('\r\n')}\r\n${tag} end=\r\n`;

describe('facts', () => {
  it.each([
    [
      'Debian',
      'clock=1772600000\nsystem=Linux\nrelease=6.1.0-18-amd64\nmachine=x86_64\nnode=db1\nuid=0\nuser=root\nshell=/bin/bash\nos-release=PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nos-release=NAME="Debian GNU/Linux"\nos-release=VERSION_ID="12"\nos-release=ID=debian\ndebian_version=12.5',
      { id: 'debian', name: 'Debian GNU/Linux', version: '12.5' },
      'Linux 6.1.0-18-amd64',
    ],
    [
      'Ubuntu',
      'system=Linux\nrelease=5.15.0-100-generic\nos-release=NAME="Ubuntu"\nos-release=VERSION_ID="22.04"\nos-release=VERSION="22.04.4 LTS (Jammy Jellyfish)"\nos-release=ID=ubuntu\ndebian_version=bookworm/sid',
      { id: 'ubuntu', name: 'Ubuntu', version: '22.04' },
      'Linux 5.15.0-100-generic',
    ],
    [
      'RHEL 9',
      'system=Linux\nrelease=5.14.0-362.el9\nos-release=NAME="Red Hat Enterprise Linux"\nos-release=VERSION_ID="9.3"\nos-release=ID="rhel"\nredhat-release=Red Hat Enterprise Linux release 9.3 (Plow)',
      { id: 'rhel', name: 'Red Hat Enterprise Linux', version: '9.3' },
      'Linux 5.14.0-362.el9',
    ],
    [
      'CentOS 6, without os-release',
      'system=Linux\nrelease=2.6.32\nredhat-release=CentOS release 6.10 (Final)',
      { id: 'centos', name: 'CentOS', version: '6.10' },
      'Linux 2.6.32',
    ],
    [
      'Alpine',
      'system=Linux\nrelease=6.6.16-0-lts\nshell=/bin/ash\nos-release=NAME="Alpine Linux"\nos-release=ID=alpine\nos-release=VERSION_ID=3.19.1\nalpine-release=3.19.1',
      { id: 'alpine', name: 'Alpine Linux', version: '3.19.1' },
      'Linux 6.6.16-0-lts',
    ],
    [
      'OpenWrt',
      'system=Linux\nrelease=5.15.150\nmachine=mips\nos-release=NAME="OpenWrt"\nos-release=VERSION="23.05.3"\nos-release=ID="openwrt"\nos-release=VERSION_ID="23.05.3"\nopenwrt_version=r23809-234f1a2efa',
      { id: 'openwrt', name: 'OpenWrt', version: '23.05.3' },
      'Linux 5.15.150',
    ],
    [
      'FreeBSD 12, without os-release',
      'system=FreeBSD\nrelease=12.4-RELEASE-p9\nmachine=amd64',
      { id: 'freebsd', name: 'FreeBSD', version: '12.4-RELEASE-p9' },
      'FreeBSD 12.4-RELEASE-p9',
    ],
    ['Solaris', 'clock=%s\nsystem=SunOS\nrelease=5.11\nuid=', { id: 'solaris', name: 'SunOS', version: '5.11' }, 'SunOS 5.11'],
    [
      'Mac OS X 10.6',
      'system=Darwin\nrelease=10.8.0\nmachine=i386\nsw_vers=ProductName:\tMac OS X Server\nsw_vers=ProductVersion:\t10.6.8\nsw_vers=BuildVersion:\t10K549',
      { id: 'macos', name: 'Mac OS X Server', version: '10.6.8' },
      'Darwin 10.8.0',
    ],
    [
      'macOS 14',
      'system=Darwin\nrelease=23.4.0\nmachine=arm64\nsw_vers=ProductName:\t\tmacOS\nsw_vers=ProductVersion:\t\t14.4.1\nsw_vers=BuildVersion:\t\t23E224',
      { id: 'macos', name: 'macOS', version: '14.4.1' },
      'Darwin 23.4.0',
    ],
  ])('of %s', (_name, lines, os, kernel) => expect(parseFacts(said(lines), tag)).toMatchObject({ os, kernel }));

  it('tell what is missing, and take no line of another program', () => {
    const text = `motd: uid=0\r\nwb-2 uid=7\r\n${said('uid=1000\nuser=wren\nclock=%s\ntool.sudo=/usr/bin/sudo\ntool.doas=\nshell=/bin/zsh\u0007')}`;
    expect(parseFacts(text, tag)).toMatchObject({ uid: 1000, user: 'wren', clock: null, loginShell: '/bin/zsh', tools: { sudo: '/usr/bin/sudo', doas: null } });
  });
  it('of a target that lies are of their form anyway', () => {
    const said = [
      'system=L\x1b[2Jinux\u202e',
      `release=${'9'.repeat(5000)}`,
      'uid=1e999',
      'clock=-1',
      `tool.${'x'.repeat(90)}=/x`,
      'tool.\x1b[8m=/x',
      'tool.sudo=/usr\x07/sudo',
      'end=',
    ];
    const facts = parseFacts(`${said.map((line) => `${tag} ${line}`).join('\n')}\n`, tag);
    expect(facts).toMatchObject({ uid: null, clock: null, tools: { sudo: '/usr/sudo' } });
    expect(Object.keys(facts?.tools ?? {})).toEqual(['sudo']);
    expect(facts?.kernel).toHaveLength(200);
    expect(facts?.kernel).toMatch(/^L\[2Jinux 9+$/);
    expect(targetFacts.safeParse({ ...facts, readAt: '', clockSkewSeconds: null }).success).toBe(true);
  });

  it('are none where the script was cut off', () => expect(parseFacts(`${tag} uid=0\r\n`, tag)).toBeNull());

  const script = readFileSync(new URL('facts.sh', import.meta.url), 'utf8');
  it.each([['dash'], ['bash', '--posix'], ['bash'], ['ksh'], ['zsh', '--emulate', 'sh'], ['busybox', 'ash']])('are read by %s %s %s', (program, ...args) => {
    const { stdout, stderr, error } = spawnSync(program, [...args.filter(Boolean), '-c', `_wb_tag=${tag}\n_wb_tools='sh no-such-tool'\n${script}`], {
      encoding: 'utf8',
    });
    if (error) return console.log(`${program} is not installed, its facts were not tried`);
    expect(stderr).toBe('');
    const found = parseFacts(stdout, tag);
    expect(found?.os.id).toMatch(/./);
    expect(found).toMatchObject({ uid: process.getuid?.(), tools: { sh: expect.any(String), 'no-such-tool': null } });
    expect(Math.abs(clockSkew(found?.clock ?? 0, Date.now(), Date.now()))).toBeLessThanOrEqual(2);
  });
});

describe('the clock of a target', () => {
  it.each([
    [1000, 1_000_500, 1_000_500, 0],
    [1000, 1_000_000, 1_001_000, 0],
    [4600, 1_000_400, 1_000_600, 3600],
    [940, 998_500, 1_002_500, -60],
  ])('%d, asked at %d and answered at %d ms, is %d s ahead', (clock, asked, answered, ahead) => expect(clockSkew(clock, asked, answered)).toBe(ahead));
});
