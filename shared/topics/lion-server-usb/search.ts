/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'lion 10.7 installesd* basesystem* | usb stick thumb flash-drive media asr dvd clé esd installesd* basesystem* drive usb-stick serveressentials.pkg bootable | server lion installesd* basesystem*',
    'installesd* basesystem* | *',
    'lion 10.7 10.7.4 | server | pendrive flash flash-key usb optical-drive no-optical additional-components stick',
    'server lion 10.7 | no-dvd pendrive flash-drive stick usb-stick thumb-drive without-dvd no-optical optical-drive',
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
    'Lion Server USB ServerEssentials.pkg',
    'InstallESD.dmg 10.7 server thumb drive',
    'Made a memory stick from Install Mac OS X Lion.app but it only gives me the client, I need the server edition offline',
    'installer of 10.7.4 Server wants to load additional components from internet, where to put the package on the flash key',
    'Which ServerEssentials fits to build 11G63, and how do I get it into Packages of the installer key?',
    'no optical drive in mac mini mid 2011 server, how to reinstall its 10.7 Server from a pendrive',
    'Can’t download the additional components needed to install Mac OS X Server. ServerEssentials.pkg',
    'clé USB bootable pour OS X Lion Server, ajouter ServerEssentials.pkg de la même version',
  ],
  nearMisses: [
    'make a Windows stick on a Mac',
    'macOS Sonoma installer on a flash drive',
    'Lion on a Mac Pro is slow',
    'OS X Lion Server without the App Store',
  ],
};
