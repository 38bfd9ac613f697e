/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'clamshell ibook ibook-g3 powerbook2,1 | tiger 10.4 os-9 os9 mac-os-9 9.2.2 debian linux partition* triple* dual* yaboot install* boot* disk hard-drive system systems',
    'triple-boot triple-booting dual-boot | os-9 os9 mac-os-9 tiger powerpc ppc ibook g3 yaboot',
    'yaboot yaboot.conf ybin mkofboot | macosx macos brokenosx os-x os-9 mac prompt x m missing gone hattrib install* partition* wrong startup-disk boot* nvram attributes',
    'os-9 os9 mac-os-9 | floppy question-mark drivers driver update-drivers drive-setup | debian linux partition* after disk',
    'os-9 os9 mac-os-9 9.2.2 | debian linux | 10.4 tiger ppc powerpc order both three',
    'badmachines osinstall.dist | *',
    'tiger 10.4 mac-os-x-10.4 | unsupported refuses refused cannot-be-installed without-dvd no-dvd | g3 ibook imac mac computer',
  ],
  asked: [
    'triple boot an iBook G3 with OS 9, OS X and Linux',
    'install Tiger on a clamshell iBook without a DVD drive',
    'Mac OS X cannot be installed on this computer, iBook G3, 10.4',
    'yaboot x starts the install partition instead of Mac OS X',
    'pressing m at the yaboot prompt boots OS X and not OS 9',
    'blinking floppy with question mark when booting OS 9 after installing Debian',
    'yaboot prompt is gone after I used Startup Disk',
    'OSInstall.dist badMachines PowerBook2,1',
    'hattrib: No volume is current; use `hmount’ or `hvol’, ybin warns on my iBook',
    'put a 40 GB hard drive into a clamshell iBook and install all the old systems',
    'how big should the partitions be for OS 9, Tiger and Debian powerpc on one disk of a G3 iBook',
    'old toilet seat iBook: dual boot Classic Mac OS and Linux, which partition order',
    'iBook Clamshell Debian und Mac OS 9 parallel installieren',
    'installer ibook clamshell tiger et mac os 9 sur le même disque',
  ],
  nearMisses: [
    'dual boot Windows and Ubuntu, GRUB menu is missing',
    'install Debian from a USB stick',
    'iBook battery does not charge',
    'floppy drive is not found in Linux',
  ],
};
