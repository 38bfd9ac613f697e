/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'raid* md md0 md1 md2 mdadm mirror mirrored array software-raid raid1 raid10 spiegel* | grub bootloader boot-loader efi esp efi-partition boot boots booting bootable embedding core.img rescue startet start démarr* arran* bios-finds',
    'grub grub-install grub-probe | both all-disks second-disk second-drive other-disk raid embedding symbol diskfilter grub-drive mirror either',
    'embedding diskfilter bios-boot-partition grub-drive | *',
    'grub | symbol rescue | disk drive replac* sda sdb mirror raid array platte*',
  ],
  asked: [
    'sda died and the box drops to grub rescue though sdb has the mirror',
    'install bootloader on both members of md0',
    'mdadm raid1 debian, second drive not bootable',
    'grub-install: error: embedding is not possible, but this is required for RAID and LVM install',
    'how to keep two EFI partitions in sync on a linux software raid',
    "error: symbol `grub_disk_native_sectors' not found after replacing a disk in the array",
    'raid10 with /boot on it, can I boot from any disk',
    'Nach Plattentausch startet der Server nicht mehr, RAID1 mit mdadm',
    "the mirror disk can't boot alone",
    'after swapping the first drive the BIOS finds no bootloader, linux md raid',
    'grub on all disks of a software raid',
    "warning: this GPT partition label contains no BIOS Boot Partition; embedding won't be possible",
    'grub-probe: error: cannot find a GRUB drive for /dev/sdc1. Check your device.map.',
    'uefi boot from second nvme when first one fails, mdadm',
    'error: diskfilter writes are not supported. Press any key to continue...',
    'Bootloader auf beide RAID-Platten schreiben',
  ],
  nearMisses: ['change the timeout of the GRUB menu', 'md/raid1:md0: active with 2 out of 2 mirrors', 'RAID controller battery failed'],
};
