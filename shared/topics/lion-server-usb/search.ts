/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'lion 10.7 installesd* basesystem* | usb stick thumb flash-drive media asr dvd clé esd installesd* basesystem* drive usb-stick serveressentials.pkg bootable | server lion installesd* basesystem*',
    'installesd* basesystem* | *',
  ],
  asked: [
    'create install stick for 10.7 server from InstallESD.dmg',
    'lion thumb drive with server essentials',
    'recovery needs internet, want usb installer for lion server',
    'asr restore InstallESD to flash drive',
    'ServerEssentials.pkg on the usb installer',
    'install media for OS X Lion Server without DVD',
    'USB-Stick mit Lion Server bauen',
    'mac does not see the lion installer stick when holding option',
    'boot stick for mac with Lion Server',
    'restore the Lion ESD image to USB and add server packages',
    'BaseSystem.dmg packages folder server essentials stick',
    'bootable 10.7 Server installer',
    'I only have InstallESD.dmg and need to install Lion server on minis',
    'make lion server installer on an 8 GB flash drive',
    'lion usb boots but installs no server',
    "clé USB d'installation de Lion Server",
  ],
  nearMisses: [
    'make a Windows stick on a Mac',
    'macOS Sonoma installer on a flash drive',
    'Lion on a Mac Pro is slow',
    'OS X Lion Server without the App Store',
  ],
};
