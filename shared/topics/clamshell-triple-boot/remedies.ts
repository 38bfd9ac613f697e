/** How to fix failures. In a rehearsal, `lab` does what the admin’s hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';

const byHand = (id: string, title: string, explanation: string, danger: Remedy['danger'] = 'changes'): Remedy => ({
  id,
  title,
  explanation,
  danger,
  lab: sh`lab-ibook-hand ${id}`,
  afterwards: 'retry',
});

export const remedies: readonly Remedy[] = [
  byHand('image-again', 'Make the image again', 'Clean the DVD, and make the image again on a Mac whose drive reads it to the end.'),
  byHand('more-memory', 'Put in more memory', 'Switch off, take the battery out, and put in an SO-DIMM with which there are at least 256 MB.'),
  byHand(
    'partition-again',
    'Divide the disk again',
    'In Disk Utility, with the same sizes and names, and with "Install Mac OS 9 Disk Drivers" ticked. There is nothing on the disk yet.',
  ),
  byHand('right-image', 'Restore the right image', 'Make an image of a retail DVD of 10.4, and restore it onto Install.'),
  byHand(
    'copy-in-finder',
    'Copy Mac OS 9 in the Finder',
    'Put System Folder and Applications (Mac OS 9) on Macintosh HD in the Trash, and drag them over from the CD.',
  ),
  byHand('choose-os9', 'Choose Mac OS 9 in Startup Disk', 'Open System Preferences, Startup Disk, and click Mac OS 9.2.2.'),
  byHand(
    'mkofboot',
    'Make the boot partition again',
    'As root: mkofboot -v. It formats the partition that boot= in yaboot.conf names: check first that this is the NewWorld boot partition of 16 MB. yaboot on it is written again; nothing else is there.',
  ),
  byHand('ybin-again', 'Run ybin again', 'As root: ybin -v. It makes Open Firmware start yaboot.'),
];
