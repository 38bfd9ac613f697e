/** The firmware of a P2000 G3, taken out of HP's updater without running it. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'p2000-firmware-extract',
  version: 1,
  title: 'Take the firmware out of an HP P2000 G3 updater',
  summary:
    'Finds the archive in the .scexe, takes out the TS….bin, compares it with another vendor’s file, and unpacks what is in it. The updater is never run.',
  category: 'Storage & firmware',
  platforms: ['Linux'],
  risk: { level: 'changes', text: 'Makes one new folder of yours. Nothing is sent to an array, and nothing in the updater is run.' },
  minutes: 6,
  fixes: [
    'An updater that runs on Windows or an old Linux only, and an array that takes the firmware file by its web page.',
    'Whether HP’s and Dot Hill’s firmware are the same.',
  ],
  needs: [
    'The updater on a Linux machine, and about four times its size of free space.',
    'For the Management Controller’s files: squashfs-tools, and a user who is not root.',
  ],
  cannotUndo: [],
  corrections: [
    'The source looks for the end of the script with a hex editor. Here the archive is found by its first bytes, and tried: in CP020030.scexe it begins at byte 8602, in others elsewhere.',
    'The source’s "dd bs=1" copies byte by byte, which takes minutes. "tail -c" gives the same bytes at once.',
    'The source builds squashfs-tools itself for LZMA. That is not needed any more: Debian’s unsquashfs 4.5 reads LZMA and XZ. (Its list of packages has a slip: "liblz-dev".)',
    'Uncertain: that the firmware file of every release is a plain tar archive, and the names of what lies beside it. A file of another kind is named, and nothing of it is unpacked.',
    'Uncertain: how the array takes the file. The source assumes by its web page. Uploading is not part of this procedure.',
    'Equal MD5 shows that two files are the same by any accident. It does not show who made them.',
    'Not tried: HP’s own updater, as it may not be passed on. Tried: files made with the same layers, up to 200 MB, and hostile ones.',
  ],
  sources: ['Notes on an HP P2000 G3 with a Mac mini', 'tar(5), gzip’s RFC 1952, unsquashfs(1)'],
  search,
  symptoms: [
    { pattern: /\bCP\d{6}\.scexe\b/i, text: 'CP020030.scexe' },
    { pattern: /\bTS\d{3}[A-Z]\d{3}\.bin\b/, text: 'TS250R023.bin' },
    { pattern: /CPINIT: (?:file )?not found/i, text: 'CPINIT: file not found' },
    { pattern: /Can't find a (?:valid )?SQUASHFS superblock/i, text: "Can't find a valid SQUASHFS superblock on app.squashfs" },
    {
      pattern: inOrder(/\b(?:P2000|MSA|AssuredSAN)\b/i, /\b(?:scexe|(?:extract|unpack)\w* .{0,20}firmware|firmware (?:file|image))/i),
      text: 'P2000 G3: extract the firmware file',
    },
  ],
  alsoCalled: [
    'extract HP Smart Component scexe without running it, find gzip offset',
    'unpack firmware of Dot Hill AssuredSAN 3000 3730, MSA P2000 G3',
    'unsquashfs LZMA app.squashfs Management Controller root file system',
    'HP P2000 Firmware aus dem scexe-Updater entpacken',
    'extraire le microprogramme d’un fichier scexe HP P2000',
    'extraer el firmware de un archivo scexe de HP P2000',
  ],
  parameters,
  labDefaults: { updater: '/home/you/CP000001.scexe', folder: '/home/you/p2000-firmware', depth: 'system', second: '/home/you/dothill/TS000R001.bin' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }] },
  lab,
});
