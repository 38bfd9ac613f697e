import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { diskStates, moduleFor, whyNot } from './readable.ts';
import { steps } from './steps.ts';

describe('GRUB', () => {
  it.each([
    ['raid1', '1.2', true],
    ['raid1', '0.90', true],
    ['raid10', '1.0', true],
    ['raid6', '1.1', true],
    ['raid0', '1.2', false],
    ['linear', '1.2', false],
    ['raid1', 'external:/md127/0', false],
    ['multipath', '1.2', false],
    ['raid1', 'none', false],
    ['', '', false],
  ])('reads %s with metadata %s: %s', (level, metadata, reads) => expect(whyNot(level, metadata) === null).toBe(reads));
  it('has a module of its own for metadata 0.90', () => expect([moduleFor('0.90'), moduleFor('1.0')]).toEqual(['mdraid09', 'mdraid1x']));
});

it.each([
  ['sda:grub sdb:none', ['sda', 'sdb']],
  ['nvme0n1:old ', ['nvme0n1']],
  ['', []],
  ['sda sdb: :grub sdc:$(reboot) sdd:other', ['sdd']],
])('the states %j are of %j', (text, disks) => expect(diskStates(text).map(({ disk }) => disk)).toEqual(disks));

const values = (given: Record<string, string> = {}) => parameters.parse(given);
const good = `array=md0\nlevel=raid1\nmetadata_version=1.2\nraid_disks=2\ndegraded=0\nsync_action=idle\nfirmware=bios\ninstaller=yes
disk sda: table=dos room=2047 code=grub\ndisk sdb: table=dos room=2047 code=none\nstates=sda:grub sdb:none \nall-disks=no\n`;

describe('the first step', () => {
  it.each([
    [[], good],
    [['no-array'], 'boot-on=/dev/sda1\narray=none\nfirmware=bios\nstates=\n'],
    [['firmware-raid'], good.replace('=1.2', '=external:/md127/0')],
    [['level'], good.replace('raid1', 'raid0')],
    [['metadata'], good.replace('=1.2', '=none')],
    [['degraded'], good.replace('degraded=0', 'degraded=1')],
    [['other-firmware'], good.replace('=bios', '=uefi')],
    [['no-room'], good.replace('sdb: table=dos room=2047', 'sdb: table=dos room=62')],
    [['no-room'], good.replace('sda: table=dos room=2047', 'sda: table=none room=0')],
    [['no-installer'], good.replace('installer=yes', 'installer=no')],
    [['unread'], good.replace('code=none', 'code=unread')],
    [['disks'], good.replace('sda:grub sdb:none', 'sda:grub')],
    [['disks'], ''],
  ])('fails by %j', (rules, output) => {
    const [look] = steps(values());
    const verdicts = judge(look && 'matchers' in look ? look.matchers : [], { output, exitStatus: 0, facts: {} });
    expect([verdicts.filter((one) => isFailure([one])).map(({ rule }) => rule), isFailure(verdicts)]).toEqual([rules, rules.length > 0]);
  });
});

describe('reading back', () => {
  const check = (output: string) => {
    const step = steps(values()).find(({ id }) => id === 'check');
    return judge(step && 'matchers' in step ? step.matchers : [], { output, exitStatus: 0, facts: {} })
      .filter((one) => isFailure([one]))
      .map(({ rule }) => rule);
  };
  it.each([
    [[], 'disk sda: table=dos room=2047 code=grub\nstates=sda:grub \nall-disks=yes\nmenu-entries=1'],
    [['not-on-it'], good],
    [['not-on-it'], 'disk sda: esp=sda1 code=old\nall-disks=no\nmenu-entries=1'],
    [['all-disks'], 'menu-entries=1'],
  ])('fails by %j', (rules, output) => expect(check(output)).toEqual(rules));
});

describe('the check', () => {
  const look = (output: string, given: Record<string, string> = {}) => probe.judge({ output, exitStatus: 0 }, values(given));
  it.each([
    ['affected', good],
    ['affected', good.replace('code=none', 'code=old').replace('sdb:none', 'sdb:old')],
    ['already-fixed', good.replace('sdb:none', 'sdb:grub')],
    ['not-affected', 'array=none\nfirmware=bios\nstates=\n'],
    ['not-affected', good.replace('raid1', 'raid0')],
    ['unknown', good.replace('=bios', '=uefi')],
    ['unknown', good.replace('sdb:none', 'sdb:unread')],
    ['unknown', good.replace('sdb:none', 'sdb:grub').replace('degraded=0', 'degraded=1')],
    ['unknown', good.replace('degraded=0', 'degraded=unknown')],
    ['unknown', ''],
    ['unknown', 'array=unread\nfirmware=bios\nstates=\n'],
  ])('says %s of %j', (verdict, output) => expect(look(output)).toMatchObject({ verdict }));
  it('proposes how this machine boots, and its programs', () =>
    expect(look(`${good.replace('=bios', '=uefi')}has.grub2=yes\n`).proposes).toEqual([
      expect.objectContaining({ field: 'firmware', value: 'uefi' }),
      expect.objectContaining({ field: 'grub', value: 'grub2' }),
    ]));
});

it('draws what was read last', () => {
  const [picture] = pictures(values(), {
    facts: { states: 'sda:grub sdb:none', 'states-after': 'sda:grub sdb:grub', metadata: '0.90' },
    done: new Set(['check']),
  });
  expect(picture?.caption).toBe('From sda, sdb, of 2 disks. GRUB reads metadata 0.90 with mdraid09.');
});
