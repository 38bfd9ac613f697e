/** Mac OS 9, Mac OS X 10.4 and Debian on a first iBook: a plan for the disk, the order of the systems, and a boot loader whose keys start the right one. */
import { defineTopic } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'clamshell-triple-boot',
  version: 1,
  title: 'Mac OS 9, Mac OS X 10.4 and Debian on a clamshell iBook',
  summary:
    'Divides a disk of any size for three systems, installs them in an order that works, and makes yaboot’s keys start the right one. Some days of work; it can rest for weeks.',
  category: 'Storage & firmware',
  platforms: ['Mac OS 9.2.2', 'Mac OS X 10.4', 'Debian 8 (powerpc)'],
  risk: { level: 'destructive', text: 'The whole disk of the iBook is erased at the start. After that, nothing that holds an only copy is erased.' },
  minutes: 452,
  fixes: [
    'An installer of 10.4 that refuses a first iBook.',
    'Keys at yaboot’s prompt that start the wrong system.',
    'Mac OS 9 that shows a floppy disk with a question mark once Debian is installed.',
    'A prompt of yaboot that does not appear any more.',
  ],
  needs: [
    'The first iBook G3 (PowerBook2,1) with 256 MB of memory or more, and an IDE disk.',
    'Mac OS X: a retail DVD of 10.4 and the first install CD of 10.3.',
    'Mac OS 9.2.2 on a CD or as an image, and a Mac OS 9 CD that starts the iBook, for Drive Setup.',
    'The CD of Debian 8 for powerpc (32 bits), from archive.debian.org. It gets no updates any more: do not expose it to the Internet.',
    'Another Mac with a DVD drive, and a USB disk with 5 GB free.',
  ],
  cannotUndo: ['Erasing the disk: what is not saved before is gone.', 'Installing the systems. yaboot.conf and the installer’s list can be put back.'],
  corrections: [
    'The source’s sizes (16 MB, 2, 12, 20 and 6 GB) add up to more than a 40 GB disk holds, as Disk Utility counts GB of 1,073,741,824 bytes and leaves gaps. The plan keeps their proportions, and fits.',
    'The key in yaboot.conf is macos=. The source writes macos9= once; yaboot has no such key.',
    'The package is firmware-linux-nonfree, in the archive of Debian 8; the source’s linux-firmware-nonfree has the words turned round.',
    'The source edits yaboot.conf twice, with a start of Mac OS X in between. Here it is written once, and Mac OS 9 is chosen in Startup Disk after it.',
    'Added to the source: every image, copy and list is checked before the step that depends on it.',
    'Uncertain, and not seen on an iBook: the numbers of the partitions (they are read, never assumed), the most memory it takes, whether the AirPort card needs firmware, and whether pdisk is on every 10.3 CD. Nor was the exact form of what bless and nvsetenv print. That a star in the partition map marks a driver Mac OS 9 can use is pdisk’s own meaning of it, and only a warning here.',
    'Some Macs of that time start Mac OS X only from the first 8 GB of a disk. On the source’s iBook, Macintosh HD began at 14 GB and started; that is one machine.',
    'Today Debian’s powerpc port uses GRUB instead of yaboot (since about 2018). With it, the part from yaboot.conf on does not apply; the disk and the two systems of Apple are the same. XPostFacto is for other Macs.',
  ],
  sources: [
    'Notes on a clamshell iBook with three systems, 2016',
    'yaboot.conf(5), ybin(8), bless(8), pdisk(8)',
    'Public accounts of the list in OSInstall.dist, of ybin’s messages, and of partition maps written by Mac OS X 10.3',
  ],
  symptoms: [
    { pattern: /badMachines|OSInstall\.dist/, text: 'OSInstall.dist with badMachines' },
    { pattern: /hattrib: No volume is current/, text: "hattrib: No volume is current; use `hmount' or `hvol'" },
    { pattern: /ybin: Warning: error (?:setting attributes|blessing)/, text: 'ybin: Warning: error setting attributes on ofboot' },
    { pattern: /clamshell\W+ibook|ibook\W+clamshell/i, text: 'clamshell iBook with several systems' },
    { pattern: /yaboot(?:['’]s)? prompt (?:is |has )?(?:gone|missing|disappeared)/i, text: 'the yaboot prompt is gone' },
    { pattern: /floppy (?:disk )?with (?:a )?question mark/i, text: 'Mac OS 9 shows a floppy with a question mark' },
  ],
  search,
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  pictures,
  targets: ['hand'],
  lab,
});
