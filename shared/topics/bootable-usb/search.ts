/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'usb stick thumb flash-drive pen-drive pendrive memory-stick usb-drive usb-stick clé llave bootstick memoria | iso boot boots bootable bootfähig* bootstick efi uefi fat32 dd image write wiping arrancable démarrage installer rescue live balena etcher rufus ventoy verify same-as',
    'iso | dd stick usb write boot bootable thumb',
    'no-bootable-device no-bootable-medium operating-system-not-found alternate-gpt-header primary-header initshellapp | *',
    'gpt | header alternate alt',
    'dd | image iso stick sdx sdb',
  ],
  asked: [
    'make usb installer from debian iso on linux',
    'wrote the iso with dd and the pc says no bootable device',
    'which command puts an ISO on a thumb drive without wiping the wrong disk',
    'stick with EFI shell and firmware files for a flash',
    'check that the image on the USB drive is really the same as the download',
    'kernel: GPT:Primary header thinks Alt. header is not at the end of the disk.',
    'Bootstick für UEFI erstellen, FAT32',
    'rescue stick does not show up in the boot menu',
    'turn an iso into a usb drive that boots',
    'Operating system not found after copying files to the stick',
    'dd image to /dev/sdX safely and verify it',
    "my flash drive with BOOTX64.EFI won't boot",
    'InitShellApp: Application not started from Shell',
    'how do i write a raspberry or linux image onto a pen drive from the shell',
    'USB-Stick bootfähig machen unter Linux',
    'GPT:Alternate GPT header not at the end of the disk',
  ],
  nearMisses: ['usb stick is write protected', 'format a stick with exFAT for the television', 'usb 1-1: new high-speed USB device number 2 using xhci_hcd'],
};
