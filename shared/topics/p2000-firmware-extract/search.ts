/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'p2000 msa assuredsan dot-hill dothill scexe cpinit squashfs unsquashfs | firmware extract* unpack* scexe microprogramme entpacken extraire extraer offset bin squashfs archive updater compare md5',
    'scexe cpinit | *',
    'squashfs unsquashfs | firmware app.squashfs array controller superblock lzma',
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
  ],
  nearMisses: ['firmware update of a switch over tftp', 'extract a zip archive with a password', 'mksquashfs for a live image'],
};
