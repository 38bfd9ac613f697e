/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'p2000 msa assuredsan dot-hill dothill scexe cpinit squashfs unsquashfs | firmware extract* unpack* scexe microprogramme entpacken extraire extraer offset bin squashfs archive updater compare md5',
    'scexe cpinit | *',
    'squashfs unsquashfs | firmware app.squashfs array controller superblock lzma',
    'g3 hp smart-component controller-image self-extracting | array controller firmware image | bin upload extract* inside executing self-extracting without ftp',
  ],
  asked: [
    'how do I get the TS250 bin file out of an HP scexe',
    'unpack a scexe without running it',
    'firmware for P2000 G3 only comes as Linux updater, need the raw bin',
    'is the HP firmware the same as the one of Dot Hill',
    'CPINIT: file not found when starting the scexe with sh',
    'mount app.squashfs from the MSA management controller',
    'find the gzip offset inside HP smart component',
    'P2000 Firmware ohne Updater auspacken',
    'MSA P2000 controller root file system unsquashfs',
    'extract scexe P2000 firmware bin',
    'TS251P006.bin MSA P2000 download',
    'I have only the Linux smart component for the G3 array and want to upload the .bin by FTP myself',
    'Is the DotHill AssuredSAN 3000 image the same as the one HP ships in CP0xxxxx.scexe, how to diff them',
    "without executing HP's self extracting installer as root, how do I get at the controller image that is inside",
    'what is packed in the controller bundle of a P2000 G3: SC, MC, EC, CPLD images, can they be unpacked?',
    '$ file CP020094.scexe  CP020094.scexe: POSIX shell script executable (binary data), P2000 G3 MSA firmware TS250R023',
    'Firmware-Datei aus HP P2000 .scexe entpacken ohne den Updater zu starten',
    'extract scexe HP P2000 firmware bin',
    'TS251R004 bin unpack dot hill',
    'the HP download for the MSA P2000 G3 is a linux .scexe, I only need the bin to upload by FTP',
    'how to see what is within the .scexe without running as root on my server',
    "is the DotHill AssuredSAN 3730 firmware the same as HP's one for P2000? want to compare",
    'i have CP021487.scexe and a Mac, array needs TS252 file',
    "./CP024542.scexe: line 96: tail: cannot open `+144' for reading: No such file or directory",
    'Firmware-Datei TS….bin aus dem HP-Updater (.scexe) für P2000 G3 herausholen',
  ],
  nearMisses: ['firmware update of a switch over tftp', 'extract a zip archive with a password', 'mksquashfs for a live image'],
};
