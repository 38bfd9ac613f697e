/** The rehearsal: an iBook, its disk and a USB disk as folders, and what goes wrong with them. */
import type { Lab, LabFailure } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { planDisk } from './plan.ts';

/** Each has a remedy. */
const failures: readonly Omit<LabFailure, 'wayOut'>[] = [
  {
    id: 'damaged-image',
    title: 'The image is damaged',
    story: 'The DVD has a scratch. The image is checked before the disk is erased.',
    stopsAt: { step: 'image-dvd', rule: 'damaged' },
  },
  {
    id: 'little-memory',
    title: 'Too little memory',
    story: 'The iBook has its first 64 MB only. 10.4 would refuse after an hour of copying.',
    stopsAt: { step: 'look', rule: 'memory' },
  },
  {
    id: 'no-os9-drivers',
    title: 'The box for Mac OS 9 was not ticked',
    story: 'The disk was divided without the drivers. Mac OS 9 would never start, which shows only after 10.4 is installed.',
    stopsAt: { step: 'partition', rule: 'os9-drivers' },
  },
  {
    id: 'wrong-dvd',
    title: 'It was another DVD',
    story: 'The image is of another release: its installer has no such list. The file is left alone.',
    stopsAt: { step: 'machine-check', rule: 'wrong-file' },
  },
  {
    id: 'forks-lost',
    title: 'Mac OS 9 was copied by cp',
    story: 'The folders look right, but each file has lost half of it.',
    stopsAt: { step: 'os9', rule: 'fork-lost' },
  },
  {
    id: 'boot-damaged',
    title: 'The boot partition is damaged',
    story: 'ybin warns, continues and ends with status 0. After a restart nothing would start by itself.',
    stopsAt: { step: 'yaboot', rule: 'attributes' },
  },
  {
    id: 'os9-not-chosen',
    title: 'The key m starts 10.4',
    story: 'Nobody chose Mac OS 9 in Startup Disk, so 10.4 is still blessed.',
    stopsAt: { step: 'bless-os9', rule: 'os9-blessed' },
  },
  {
    id: 'startup-disk',
    title: 'The prompt is gone',
    story: 'Weeks later somebody has used Startup Disk: yaboot does not appear.',
    stopsAt: { step: 'prompt-there', rule: 'boot-device' },
  },
];

export const lab: Lab = {
  scenario: 'An iBook with a larger disk, a USB disk, and the CDs of three systems beside it',
  failures: failures.map((failure) => ({ ...failure, wayOut: 'remedy' })),
  facts: { boot: '10', mac: '/dev/hda16' },
  differsOnRepeat: { files: ['ibook.state'], because: 'a second run divides the disk again and installs everything again' },
  files: (failure, chosen) => {
    const values = parameters.parse(chosen ?? {});
    return [
      {
        path: 'ibook.state',
        content: `plays=${failure ?? ''}\nusb=${values.usb}\nlinuxdisk=${values.linuxDisk.slice('/dev/'.length)}\nmemory=${failure === 'little-memory' ? 67_108_864 : 335_544_320}\ndrivers=\nstarmarks=\ndebian=\nbootdevice=\nchosen=\ninstallblessed=\nbootfs=\n`,
      },
      {
        path: 'partitions',
        content: planDisk(values.diskGb, values.linuxPercent)
          .parts.map(({ name, fromMb, sizeMb }) => `${name.replaceAll(' ', '-')} ${fromMb * 2048} ${sizeMb * 2048}\n`)
          .join(''),
      },
      { path: `root/Volumes/${values.usb}/photos.txt`, content: 'other files\n' },
      { path: 'root/dev/rdisk0', content: '' },
      { path: `root${values.linuxDisk}`, content: '' },
    ];
  },
};
