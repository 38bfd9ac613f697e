/** Build a bootable USB stick: files onto a fresh FAT32, or an image as it is, proved by reading it back. */
import { defineTopic } from '../../topic-kit/index.ts';
import { lab, labDevice } from './lab.ts';
import { parameters } from './parameters.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'bootable-usb',
  version: 1,
  title: 'Build a bootable USB stick',
  summary: 'Puts files onto a fresh FAT32 stick, or writes an image to it, never to the wrong disk, and proves it by reading it back.',
  category: 'Boot media & network boot',
  platforms: ['Linux'],
  risk: { level: 'destructive', text: 'Everything on the chosen stick is lost. Disks that the system uses can’t be chosen.' },
  minutes: 9,
  fixes: [
    'A server must be started into a UEFI shell, e.g. for a firmware tool.',
    'An installer image, compressed or not, must go onto a stick.',
    'Fake sticks: a forged or worn-out one is detected before you are at the server.',
  ],
  needs: [
    'A stick whose content you do not need, or room for an image file.',
    'For files: sfdisk, mkfs.vfat and mcopy (Debian: fdisk, dosfstools, mtools).',
    'For packed images: gzip, xz, bzip2, zstd, unzip or dmg2img, whichever fits. Perl, which nearly every Linux has.',
    'Root for writing the stick; not for making an image file.',
  ],
  cannotUndo: ['Writing the stick. What was on it is gone.'],
  corrections: [
    'The source says to format the stick and to copy the shell by hand. Here the image is made first, without root’s rights, and written in one go, so that a stick is never half-made.',
    'The source’s server did not take the UEFI shell version 2 and needed version 1. Both are only a file: EFI/BOOT/BOOTX64.EFI of the folder.',
  ],
  sources: ['Notes on crossflashing a Dell PERC H200, step 3', 'Notes on a bootable Mac OS X Lion Server stick'],
  search,
  symptoms: [
    { pattern: /No bootable (device|medium|media)/i, text: 'No bootable device' },
    { pattern: /(Operating system|OS) not found/i, text: 'Operating system not found' },
    { pattern: /InitShellApp: Application not started from Shell/i, text: 'InitShellApp: Application not started from Shell' },
    { pattern: /GPT: ?Alternate GPT header not at the end of the disk/i, text: 'GPT:Alternate GPT header not at the end of the disk' },
  ],
  alsoCalled: [
    'make a USB stick from an ISO image, flash drive, thumb drive, pen drive, memory stick',
    'write an image to a stick with dd, Rufus, balenaEtcher, Ventoy',
    'live system, installation medium, installer, rescue stick, UEFI shell',
    'boot device not found, insert boot media',
    'bootfähigen USB-Stick aus ISO erstellen, Installationsmedium, Abbild schreiben, kein Startmedium gefunden',
    'créer une clé USB amorçable, image ISO, aucun périphérique de démarrage',
    'crear una memoria USB de arranque, imagen ISO, no se encontró ningún dispositivo de arranque',
  ],
  parameters,
  labDefaults: { folder: 'lab:files', image: 'lab:installer.img', device: labDevice },
  steps: (values, { rehearsal }) => steps(values, rehearsal),
  remedies,
  targets: ['local'],
  systems: { oneOf: [{ os: 'linux' }], tools: [{ name: 'perl', package: 'perl' }] },
  lab,
});
