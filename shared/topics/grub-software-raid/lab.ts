/** The rehearsal: a server with two mirrored disks, of which only the first one has GRUB. Its disks are small files. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const ascii = (text: string) => Uint8Array.from([...text].map((one) => one.charCodeAt(0)));
const core = ascii('The core image of GRUB 2.06-13+deb12u1, with mdraid1x. '.repeat(45));
const sector = 512;

/** A disk with a partition table and, where it is wanted, boot code and a core image behind it. */
function disk(installed: Uint8Array | null): Uint8Array {
  const bytes = new Uint8Array(64 * sector);
  bytes.set(ascii('partitions'), 446);
  bytes.set([0x55, 0xaa], 510);
  if (installed === null) return bytes;
  bytes.set([0xeb, 0x63, 0x90], 0);
  bytes.set([1, 0, 0, 0], 0x5c);
  bytes.set(ascii('GRUB '), 0x180);
  bytes.set(installed, sector);
  return bytes;
}

const files = (failure: string | null, parameters?: Readonly<Record<string, unknown>>): LabFile[] => {
  const isUefi = parameters?.firmware === 'uefi';
  const md = 'root/sys/block/md0/md';
  const degraded = failure === 'degraded';
  return [
    { path: 'plays', content: `${failure ?? ''}\n` },
    { path: 'raid.state', content: `fails=${failure === 'disk-fails' ? 'yes' : 'no'}\nformatted=${failure === 'no-file-system' ? 'no' : 'yes'}\n` },
    { path: 'core', content: core },
    {
      path: 'root/proc/mdstat',
      content: `Personalities : [raid1]\nmd0 : active raid1 vdb1[1] vda1[0]\n      975872 blocks super 1.2 [2/${degraded ? '1] [U_' : '2] [UU'}]\n\nunused devices: <none>\n`,
    },
    { path: `${md}/level`, content: failure === 'striped' ? 'raid0\n' : 'raid1\n' },
    { path: `${md}/metadata_version`, content: '1.2\n' },
    { path: `${md}/raid_disks`, content: '2\n' },
    { path: `${md}/degraded`, content: degraded ? '1\n' : '0\n' },
    { path: `${md}/sync_action`, content: 'idle\n' },
    { path: 'root/dev/vda', content: disk(isUefi ? null : core) },
    { path: 'root/dev/vdb', content: disk(null) },
    { path: 'root/boot/grub/grub.cfg', content: "menuentry 'Debian GNU/Linux' {\n\tlinux /vmlinuz root=/dev/md0\n}\n" },
    ...(isUefi
      ? [
          { path: 'root/sys/firmware/efi/fw_platform_size', content: '64\n' },
          { path: 'root/boot/grub/x86_64-efi/core.efi', content: core },
          { path: 'esp/vda1/EFI/debian/grubx64.efi', content: core },
          { path: 'esp/vdb1/.keep', content: '' },
        ]
      : [{ path: 'root/boot/grub/i386-pc/core.img', content: core }]),
    { path: 'root/var/lib/wrenchbook/.keep', content: '' },
  ];
};

export const lab: Lab = {
  scenario: 'A server with two mirrored disks that starts from the first one only',
  failures: [
    {
      id: 'degraded',
      title: 'The array lacks a disk',
      story: 'GRUB would be installed on the disk that is left, and not on the one that comes back. The array is repaired first.',
      stopsAt: { step: 'look', rule: 'degraded' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'striped',
      title: '/boot is on RAID 0',
      story: 'All disks are needed there. Nothing is changed.',
      stopsAt: { step: 'look', rule: 'level' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'sector-63',
      title: 'The first partition begins at sector 63',
      story: 'The disk was partitioned long ago, and GRUB’s core image has no room before the partition.',
      stopsAt: { step: 'look', rule: 'no-room' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'disk-fails',
      title: 'One disk cannot be written',
      story: 'grub-install ends with an error on the second disk, when the first one is done.',
      stopsAt: { step: 'install', rule: 'stopped-at' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'no-file-system',
      title: 'The second EFI system partition has no file system',
      story: 'It was made when the disk was replaced, and never formatted.',
      stopsAt: { step: 'look', rule: 'unread' },
      wayOut: 'remedy',
      inWay: 'UEFI',
    },
  ],
  facts: { array: 'md0', level: 'raid1', metadata: '1.2' },
  ways: { UEFI: { firmware: 'uefi' } },
  files,
};
