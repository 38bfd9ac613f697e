/** Why a disk can't be written over. Pure. What is in use is left to whoever uses it, however sure the admin is. */
import type { WhyNotDevice } from '../../../../shared/api/media.ts';
import { sizeText } from '../../../../shared/topic-kit/index.ts';
import { type BlockNode, withinNode } from './lsblk.ts';

/** What the kernel says beside lsblk. */
export interface InUse {
  /** Where what is mounted, by device path. */
  mounts: ReadonlyMap<string, readonly string[]>;
  /** Device paths. */
  swaps: ReadonlySet<string>;
  /** RAID arrays by the name of a member, such as sda1. */
  raids: ReadonlyMap<string, string>;
  /** What has a claim on a device, by the device's name, such as dm-0. */
  holders: ReadonlyMap<string, readonly string[]>;
}

/** Larger ones are seldom sticks: the admin has to say that it is meant. */
export const largestUnasked = 256e9;

const systemPlaces = /^\/(|boot(\/.*)?|efi|usr(\/.*)?|var(\/.*)?|home|nix(\/.*)?|etc(\/.*)?|opt|srv|root)$/;
const signatures: readonly { pattern: RegExp; kind: WhyNotDevice['kind']; what: string; next: string }[] = [
  {
    pattern: /_raid_member$/,
    kind: 'raid',
    what: 'a member of a RAID array',
    next: 'Take it out of the array first: mdadm --fail, --remove, --zero-superblock.',
  },
  {
    pattern: /^LVM\d?_member$/,
    kind: 'volume-group',
    what: 'a physical volume of LVM',
    next: 'Take it out of its volume group first: pvmove, vgreduce, pvremove.',
  },
  {
    pattern: /^zfs_member$/,
    kind: 'zfs',
    what: 'a member of a ZFS pool',
    next: 'Take it out of the pool first: zpool detach or export, then zpool labelclear.',
  },
  { pattern: /^(bcache|ceph_bluestore|drbd|VMFS_volume_member)$/, kind: 'in-use', what: 'a member of other storage', next: 'Take it out of that first.' },
];

/** Buses that disks of the machine itself are at. */
const builtIn = new Set(['sata', 'ata', 'nvme', 'sas', 'scsi']);
const contents: readonly { pattern: RegExp; what: string }[] = [
  { pattern: /^BitLocker$/i, what: 'a volume encrypted by BitLocker' },
  { pattern: /^ntfs/, what: 'a Windows volume' },
  { pattern: /^crypto_LUKS$/, what: 'an encrypted volume' },
  { pattern: /^btrfs$/, what: 'a btrfs file system, perhaps a member of several' },
  { pattern: /^(ext[234]|xfs|apfs|hfsplus|jfs|f2fs)$/, what: 'a file system' },
];

/** The first reason there is; null where it can be chosen. */
export function whyNotDevice(disk: BlockNode, inUse: InUse): WhyNotDevice | null {
  const all = withinNode(disk);
  const mounted = all.flatMap((node) => [...node.mountPoints, ...(inUse.mounts.get(node.path) ?? [])].map((place) => ({ node, place })));
  const system = mounted.find(({ place }) => systemPlaces.test(place));
  if (system) return { kind: 'system', message: `This system runs from it: ${system.place} is on ${system.node.path}.`, next: 'Choose another device.' };
  const swap = all.find((node) => inUse.swaps.has(node.path) || node.mountPoints.includes('[SWAP]'));
  if (swap) return { kind: 'swap', message: `This system swaps to ${swap.path}.`, next: `If that is not meant: swapoff ${swap.path}.` };
  for (const node of all) {
    const array = inUse.raids.get(node.name);
    if (array)
      return {
        kind: 'raid',
        message: `${node.path} is a member of the RAID array ${array}.`,
        next: `Take it out of ${array} first: mdadm --fail and --remove.`,
      };
    const signature = signatures.find(({ pattern }) => pattern.test(node.content));
    if (signature) return { kind: signature.kind, message: `${node.path} is ${signature.what}.`, next: signature.next };
  }
  const place = mounted[0];
  if (place)
    return {
      kind: 'mounted',
      message: `It is mounted: ${place.node.path} at ${place.place}.`,
      next: `Unmount it in the file manager, or with: umount ${place.place}.`,
    };
  const opened = all.find((node) => node.type === 'crypt');
  if (opened) return { kind: 'encrypted', message: `An encrypted volume on it is open: ${opened.path}.`, next: `Close it: cryptsetup close ${opened.path}.` };
  const held = all.find((node) => (inUse.holders.get(node.name) ?? []).length > 0);
  if (held)
    return { kind: 'in-use', message: `${held.path} is in use by ${inUse.holders.get(held.name)?.join(', ')}.`, next: 'Stop what uses it, then check again.' };
  if (disk.bytes === 0) return { kind: 'no-medium', message: 'It has no medium.', next: 'Insert one.' };
  if (disk.readOnly) return { kind: 'read-only', message: 'It is write-protected.', next: 'Unlock its switch, or use another device.' };
  const content = all.map((node) => ({ node, what: contents.find(({ pattern }) => pattern.test(node.content))?.what })).find(({ what }) => what);
  if (!disk.removable && builtIn.has(disk.bus)) {
    const holds = content ? `, and ${content.node.path} holds ${content.what}${content.node.label ? ` "${content.node.label}"` : ''}` : '';
    return {
      kind: 'large',
      message: `It is built in (${disk.bus.toUpperCase()})${holds}.`,
      next: `If it is meant, type its size in bytes: ${disk.bytes}.`,
    };
  }
  if (disk.bytes > largestUnasked)
    return {
      kind: 'large',
      message: `It is larger than ${sizeText(largestUnasked)}: more likely a disk than a stick.`,
      next: `If it is meant, type its size in bytes: ${disk.bytes}.`,
    };
  return null;
}

/** /proc/mounts: device and place, with octal escapes for blanks. */
export function parseMounts(text: string): Map<string, string[]> {
  const mounts = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [device = '', place = ''] = line.split(' ').map(unescapeOctal);
    if (device.startsWith('/dev/')) mounts.set(device, [...(mounts.get(device) ?? []), place]);
  }
  return mounts;
}
/** /proc/swaps: a heading, then one device or file a line. */
export const parseSwaps = (text: string): Set<string> =>
  new Set(
    text
      .split('\n')
      .slice(1)
      .flatMap((line) => unescapeOctal(line.split(/\s/)[0] ?? '') || []),
  );

/** /proc/mdstat: `md0 : active raid1 sdb1[1] sda1[0](S)`. */
export function parseMdstat(text: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const line of text.split('\n')) {
    const array = /^(md\S*) : /.exec(line)?.[1];
    if (array) for (const [, member = ''] of line.matchAll(/ ([A-Za-z0-9!_-]+)\[\d+\]/g)) members.set(member, array);
  }
  return members;
}

const unescapeOctal = (text: string) => text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
