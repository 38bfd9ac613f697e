import { describe, expect, it } from 'vitest';
import { type BlockNode, parseLsblk } from './lsblk.ts';
import { type InUse, parseMdstat, parseMounts, parseSwaps, whyNotDevice } from './why-not.ts';

const nothing: InUse = { mounts: new Map(), swaps: new Set(), raids: new Map(), holders: new Map() };
const node = (name: string, more: Partial<BlockNode> = {}): BlockNode => ({
  name,
  path: `/dev/${name}`,
  type: /\d$/.test(name) ? 'part' : 'disk',
  bytes: 32e9,
  readOnly: false,
  removable: true,
  bus: 'usb',
  content: '',
  label: '',
  sectorBytes: 512,
  mountPoints: [],
  children: [],
  ...more,
});
const kind = (disk: BlockNode, inUse: Partial<InUse> = {}) => whyNotDevice(disk, { ...nothing, ...inUse })?.kind ?? null;
/** A disk with one partition. */
const holding = (part: Partial<BlockNode>) => node('sdb', { children: [node('sdb1', part)] });

describe('why a device can’t be chosen', () => {
  it.each<[string, BlockNode, Partial<InUse>, string | null]>([
    ['an empty stick', node('sdb'), {}, null],
    ['a stick with a file system that nobody uses', holding({ content: 'vfat', label: 'OLD' }), {}, null],
    ['the disk with /', holding({ mountPoints: ['/'] }), {}, 'system'],
    ['the disk with the EFI partition', holding({ mountPoints: ['/boot/efi'] }), {}, 'system'],
    [
      '/ on LVM on LUKS',
      holding({ content: 'crypto_LUKS', children: [node('dm-0', { type: 'crypt', children: [node('dm-1', { type: 'lvm', mountPoints: ['/'] })] })] }),
      {},
      'system',
    ],
    ['the whole disk mounted at /, as virtual machines have it', node('vda', { mountPoints: ['/'] }), {}, 'system'],
    ['mounted as a desktop does it', holding({ mountPoints: ['/media/anna/STICK'] }), {}, 'mounted'],
    ['mounted, and only the kernel says so', holding({}), { mounts: new Map([['/dev/sdb1', ['/mnt']]]) }, 'mounted'],
    ['swap', holding({ content: 'swap', mountPoints: ['[SWAP]'] }), {}, 'swap'],
    ['swap, by /proc/swaps', holding({}), { swaps: new Set(['/dev/sdb1']) }, 'swap'],
    ['a RAID member by its signature', holding({ content: 'linux_raid_member' }), {}, 'raid'],
    ['a member of a firmware RAID', node('sdb', { content: 'isw_raid_member' }), {}, 'raid'],
    ['a RAID member by /proc/mdstat', holding({}), { raids: new Map([['sdb1', 'md0']]) }, 'raid'],
    ['a physical volume', holding({ content: 'LVM2_member' }), {}, 'volume-group'],
    ['a member of a pool', holding({ content: 'zfs_member' }), {}, 'zfs'],
    ['an open encrypted volume', holding({ content: 'crypto_LUKS', children: [node('dm-0', { type: 'crypt' })] }), {}, 'encrypted'],
    ['an encrypted volume that is closed', holding({ content: 'crypto_LUKS' }), {}, null],
    ['held by something', node('sdb'), { holders: new Map([['sdb', ['dm-3']]]) }, 'in-use'],
    ['a card reader without a card', node('sdb', { bytes: 0 }), {}, 'no-medium'],
    ['a stick with its lock set', node('sdb', { readOnly: true }), {}, 'read-only'],
    ['a disk rather than a stick', node('sdb', { bytes: 2e12 }), {}, 'large'],
    ['a small disk that is built in', node('sda', { removable: false, bus: 'sata' }), {}, 'large'],
    ['a Windows volume on a disk that is built in', { ...holding({ content: 'ntfs', label: 'Windows' }), removable: false, bus: 'sata' }, {}, 'large'],
    ['BitLocker on NVMe', { ...holding({ content: 'BitLocker' }), removable: false, bus: 'nvme' }, {}, 'large'],
    ['a member of a btrfs that is mounted by another', { ...holding({ content: 'btrfs' }), removable: false, bus: 'sata' }, {}, 'large'],
    ['a SATA disk in a frame that can be pulled out', node('sdb', { removable: true, bus: 'sata' }), {}, null],
  ])('%s', (_, disk, inUse, expected) => {
    expect(kind(disk, inUse)).toBe(expected);
  });

  it('says what is there and what to do', () => {
    for (const disk of [
      holding({ mountPoints: ['/'] }),
      holding({ mountPoints: ['/mnt'] }),
      holding({ content: 'zfs_member' }),
      node('sdb', { bytes: 2e12 }),
    ]) {
      const { message, next } = whyNotDevice(disk, nothing) ?? { message: '', next: '' };
      expect(
        [message, next].every((text) => /^[A-Z/].*\.$/.test(text)),
        `${message} ${next}`,
      ).toBe(true);
    }
    const windows = { ...holding({ content: 'ntfs', label: 'Windows' }), removable: false, bus: 'sata' };
    expect(whyNotDevice(windows, nothing)?.message).toBe('It is built in (SATA), and /dev/sdb1 holds a Windows volume "Windows".');
    expect(whyNotDevice(node('sdb', { bytes: 2e12 }), nothing)?.next).toContain('2000000000000');
  });
});

describe('what the kernel says', () => {
  it('of mounts, with blanks in their names', () => {
    expect(parseMounts('proc /proc proc rw 0 0\n/dev/sdb1 /media/my\\040stick vfat rw 0 0\n').get('/dev/sdb1')).toEqual(['/media/my stick']);
  });
  it('of swaps', () => {
    expect([...parseSwaps('Filename\tType\tSize\n/dev/sda3                partition\t1\n')]).toEqual(['/dev/sda3']);
  });
  it('of arrays, with spares and failed members', () => {
    expect([...parseMdstat('Personalities : [raid1]\nmd127 : active raid1 sdb1[1] sda1[0](F) nvme0n1p3[2](S)\n      10 blocks [2/2] [UU]\n')]).toEqual([
      ['sdb1', 'md127'],
      ['sda1', 'md127'],
      ['nvme0n1p3', 'md127'],
    ]);
  });
});

describe('what lsblk says', () => {
  const current = {
    kname: 'sdb',
    path: '/dev/sdb',
    type: 'disk',
    size: 32e9,
    ro: false,
    rm: true,
    hotplug: true,
    tran: 'usb',
    fstype: null,
    label: null,
    'log-sec': 512,
    mountpoints: [null],
  };
  it('as it is now', () => {
    const [disk] = parseLsblk(
      JSON.stringify({ blockdevices: [{ ...current, children: [{ ...current, kname: 'sdb1', type: 'part', mountpoints: ['/mnt'] }] }] }),
    );
    expect(disk).toMatchObject({ name: 'sdb', removable: true, bus: 'usb', content: '', mountPoints: [], children: [{ name: 'sdb1', mountPoints: ['/mnt'] }] });
  });
  it('as it was before 2.37: numbers as text, one place a device', () => {
    const { mountpoints: _, ...rest } = current;
    const old = { ...rest, size: '32000000000', ro: '0', rm: '1', hotplug: '1', 'log-sec': '512', mountpoint: '/mnt' };
    expect(parseLsblk(JSON.stringify({ blockdevices: [old] }))).toMatchObject([{ bytes: 32e9, readOnly: false, removable: true, mountPoints: ['/mnt'] }]);
  });
  it('and nothing else', () => {
    expect(() => parseLsblk('{"disks":[]}')).toThrow();
  });
  it('with a device it can’t be read of, which costs that one only', () => {
    const { size: _, mountpoints: __, ...rest } = current;
    // Turkish has another small i: so were its names before util-linux 2.38.
    const turkish = { ...rest, kname: 'sdc', sIze: '4002910208', mountpoInt: null };
    const broken = { ...current, kname: 'sdd', children: [{ kname: 'sdd1' }] };
    expect(parseLsblk(JSON.stringify({ blockdevices: [turkish, current, broken] })).map(({ name }) => name)).toEqual(['sdb']);
  });
});
