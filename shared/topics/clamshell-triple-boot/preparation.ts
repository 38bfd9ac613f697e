/** Before anything is erased: what has to stay is saved, and another Mac makes an image of the DVD that the iBook can't read. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export const preparation = ({ usb }: Parameters): Step[] => [
  {
    kind: 'manual',
    id: 'save',
    title: 'Save what is on the disk',
    intro: 'The whole disk is erased later. A new disk holds nothing: then there is nothing to save.',
    danger: 'reads',
    runsOn: 'the iBook, as it is now',
    instructions: [
      'Copy what has to stay to another computer or disk, and open one of the copies there.',
      'If the disk is to be replaced: the old one is the backup. Keep it.',
    ],
    cards: [
      {
        title: 'If the disk is replaced',
        lines: ['Torx T8, Phillips #1, nut driver 5 mm', 'IDE (PATA), 2.5 inch, 9.5 mm high', 'About 50 screws: lay them out in order'],
      },
    ],
  },
  {
    kind: 'manual',
    id: 'image-dvd',
    title: 'Make an image of the 10.4 DVD',
    intro: 'The iBook reads no DVD and starts from no USB disk. So another Mac puts an image of the DVD on a USB disk.',
    danger: 'changes',
    runsOn: 'another Mac with a DVD drive',
    minutes: 40,
    instructions: [
      `Connect the USB disk. Its volume has to be called ${usb}, with 5 GB free.`,
      'Find the DVD’s number with diskutil list, and type the lines on the card with it. Disk Utility does the same: New Image from the DVD, read-only.',
      'The second line takes a while. It makes the restore faster and checks it.',
    ],
    cards: [
      {
        title: 'Image of the DVD',
        lines: [`hdiutil create -srcdevice /dev/diskN -format UDRO "/Volumes/${usb}/tiger"`, `asr -imagescan "/Volumes/${usb}/tiger.dmg"`],
      },
    ],
    lab: sh`lab-ibook-hand image-dvd`,
    verify: {
      script: sh`hdiutil verify ${file(`/Volumes/${usb}/tiger.dmg`)}`,
      matchers: [
        {
          kind: 'failure',
          id: 'damaged',
          pattern: /^hdiutil: verify: checksum of "[^"]*" is INVALID$|verify failed/,
          means: 'The image is damaged: the DVD could not be read everywhere, or the USB disk loses data.',
          next: 'Clean the DVD and make the image again.',
          remedies: ['image-again'],
        },
        {
          kind: 'expected',
          id: 'image',
          pattern: /^hdiutil: verify: checksum of "[^"]*" is VALID$/,
          means: 'The image is whole.',
          missing: 'The image could not be checked.',
          next: 'Check that the volume’s name and the image’s name are right.',
        },
      ],
    },
    undo: sh`rm -f ${file(`/Volumes/${usb}/tiger.dmg`)}`,
    undone: {
      script: sh`ls ${file(`/Volumes/${usb}`)} | grep '^tiger\\.dmg$' || echo 'There is no image.'`,
      matchers: [{ kind: 'expected', id: 'no-image', pattern: /^There is no image\.$/, means: 'The image is gone.', missing: 'The image is still there.' }],
    },
  },
];
