/** Which arrays GRUB 2 can read at boot. Pure. Levels and modules as seen in GRUB 2.06. */

/** `level` and `metadata` as the kernel names them in /sys/block/mdX/md. Null where GRUB reads it; else why it does not, or why that is no use. */
export function whyNot(level: string, metadata: string): string | null {
  if (metadata.startsWith('external')) return 'It is a RAID of the firmware (imsm or ddf). The BIOS shows it as one disk, and GRUB goes there as to any disk.';
  if (!['0.90', '1.0', '1.1', '1.2'].includes(metadata)) return `GRUB has no module for metadata ${metadata || 'of an unknown kind'}.`;
  if (['raid0', 'linear'].includes(level)) return 'All disks of this array are needed: where one fails, there is nothing to boot.';
  if (!['raid1', 'raid4', 'raid5', 'raid6', 'raid10'].includes(level)) return `GRUB cannot read ${level || 'an array of an unknown level'}.`;
  return null;
}

/** What GRUB needs in its core image. */
export const moduleFor = (metadata: string): string => (metadata === '0.90' ? 'mdraid09' : 'mdraid1x');

export interface DiskState {
  disk: string;
  /** `grub` is the one that belongs to the files in /boot, `old` another one, `other` no GRUB, `none` nothing, `unread`. */
  code: 'grub' | 'old' | 'other' | 'none' | 'unread';
}
const codes = ['grub', 'old', 'other', 'none', 'unread'];

/** From `sda:grub sdb:none`. Words that are none of these are left out. */
export const diskStates = (text: string): DiskState[] =>
  text.split(' ').flatMap((word) => {
    const [disk = '', code = ''] = word.split(':');
    return disk !== '' && codes.includes(code) ? [{ disk, code: code as DiskState['code'] }] : [];
  });
