/** How to fix this of failures. In a rehearsal, `lab` does what the admin's hands would. */
import { type Remedy, sh } from '../../topic-kit/index.ts';
import { flasherMatchers } from './flasher-matchers.ts';
import { addressFact } from './list-matchers.ts';
import { normalizeSasAddress } from './sas-address.ts';
import { flasherLine } from './stick-layout.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'fetch-again',
    title: 'Get the file again',
    explanation:
      'Download the file again from its maker and put it where the bad one was. If the stick is made already, copy it there too, on another computer: the server must not be restarted for it once the card is erased.',
    danger: 'changes',
    lab: sh`lab-hand replace-file P07/2118it.bin`,
    afterwards: 'retry',
  },
  {
    id: 'replace-p07-flasher',
    title: 'Put the P05 flasher in its place',
    explanation:
      'Take sas2flash.efi from LSI’s UEFI installer for phase 5 and put it into folder P07 of the stick, on another computer. Do not restart the server: put the stick back and type map -r.',
    danger: 'changes',
    lab: sh`lab-hand replace-file P07/sas2flash.efi`,
    afterwards: 'retry',
  },
  {
    id: 'reseat-card',
    title: 'Seat the card again',
    explanation: 'Switch the server off and pull its power cables. Take the card out, push it in firmly, or use another slot. Start from the stick again.',
    danger: 'changes',
    lab: sh`lab-hand reseat-card`,
    afterwards: 'retry',
  },
  {
    id: 'erase-again',
    title: 'Erase again',
    explanation: 'Goes back to the erase, which asks for the SAS address again, and continues from there. Do not reboot in between.',
    danger: 'reads',
    afterwards: { again: 'erase' },
  },
  {
    id: 'power-cycle',
    title: 'Take all power away',
    explanation:
      'Switch the server off, pull every power cable, wait 30 seconds and start from the stick again. A reset is not enough: the chip keeps its fault. On real cards this often helps, but not always.',
    danger: 'changes',
    lab: sh`lab-hand power-cycle`,
    afterwards: 'retry',
  },
  {
    id: 'write-dell-again',
    title: 'Write Dell’s image again',
    explanation: 'Goes back to the step that writes Dell’s image with the P05 flasher, and continues from there. Do not reboot in between.',
    danger: 'reads',
    afterwards: { again: 'write-dell' },
  },
  {
    id: 'reboot-first',
    title: 'Reboot, then look again',
    explanation: 'Goes back to the reboot. It is safe once LSI’s P07 image is written.',
    danger: 'reads',
    afterwards: { again: 'reboot' },
  },
  {
    id: 'program-sas-address',
    title: 'Program the saved SAS address',
    explanation: 'Writes the address that was saved before the erase back to the card. Then the check is done again.',
    danger: 'changes',
    script: (facts) => {
      const digits = normalizeSasAddress(facts[addressFact] ?? '');
      return digits === null
        ? sh`echo ${'This run has no saved SAS address. Read it from the sticker on the card.'}; exit 1`
        : flasherLine('P07', ['-o', '-sasadd', digits]);
    },
    matchers: [
      {
        kind: 'expected',
        id: 'address-programmed',
        pattern: /SAS Address Successfully Programmed/,
        means: 'The card has its SAS address again.',
        missing: 'The flasher did not confirm that the address is programmed.',
        next: 'Do not reboot. Read the lines above and try again.',
      },
      ...flasherMatchers('erased'),
    ],
    afterwards: 'retry',
  },
];
