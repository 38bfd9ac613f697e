/** The reboot and everything after it: the card has a firmware of its own again, so a restart is safe between steps. */
import type { Step } from '../../topic-kit/index.ts';
import { firmwareQuestion, flasherMatchers } from './flasher-matchers.ts';
import { flasherStep, imageWritten, resetWarning } from './flasher-step.ts';
import { addressKept, firmwareOfPhase, itProduct, olderP20, stillDell } from './list-matchers.ts';
import { type Parameters, phaseNumber } from './parameters.ts';
import { flasherLine, itName, romName } from './stick-layout.ts';

export function finalSteps(values: Parameters): Step[] {
  const { finalPhase } = values;
  const phase = phaseNumber(finalPhase);
  return [
    ...(values.cardHas === 'lsi' ? [] : rebootAndLook()),
    flasherStep(finalPhase, ['-o', '-f', itName], {
      id: 'write-final',
      title: `Write the ${finalPhase} image`,
      intro: `Brings the card to ${finalPhase}, the phase that fits your driver. This is an ordinary update and asks nothing.`,
      danger: 'changes',
      minutes: 3,
      irreversible:
        'A later phase can be written over it at any time. An earlier one takes the whole procedure again: erase, Dell’s image, P07, then that phase.',
      hold: 'Do not reboot and do not power off while the image is written.',
      matchers: [
        imageWritten,
        resetWarning('The flasher has ended, so you may reboot the server. Then look at the card in the last step.'),
        ...flasherMatchers('rebooted'),
      ],
    }),
    ...(values.leaveOutBootRom ? [] : [writeRom(finalPhase)]),
    flasherStep(finalPhase, ['-c', '0', '-list'], {
      id: 'final-check',
      title: 'Check the result',
      intro: `Compares the card with what was wanted: ${finalPhase}, IT firmware (0x2213), the SAS address from before.`,
      danger: 'reads',
      minutes: 1,
      hold: null,
      matchers: [addressKept, firmwareOfPhase(phase), olderP20, itProduct, stillDell, ...flasherMatchers('rebooted')],
      prompts: [firmwareQuestion],
    }),
  ];
}

function rebootAndLook(): Step[] {
  return [
    {
      kind: 'console',
      dialect: 'uefi-shell',
      id: 'reboot',
      title: 'Reboot the server',
      intro: `LSI’s P07 image is written, so a restart is safe now. Start from the stick again; Wrenchbook waits for its shell for up to ${restartMinutes} minutes.`,
      danger: 'changes',
      runsOn: 'UEFI shell of the server',
      minutes: 5,
      directory: '',
      line: ['reset'],
      restartMinutes,
      irreversible: 'A restart cannot be undone, but nothing is lost by it here.',
      hold: null,
      matchers: [
        {
          kind: 'expected',
          id: 'back-in-shell',
          pattern: /EFI Shell version|UEFI Interactive Shell|Shell>/,
          means: 'The server is back in the UEFI shell.',
          missing: 'The server has not come back to the UEFI shell.',
          next: 'Choose the stick in the boot menu again, as before.',
        },
        {
          kind: 'harmless',
          id: 'other-boot-entries',
          pattern: /^BdsDxe: failed to (?:load|start) Boot/,
          text: 'BdsDxe: failed to load Boot0001 …',
          means: 'The firmware tried another boot entry first, such as the network.',
        },
      ],
    },
    flasherStep('P07', ['-c', '0', '-list'], {
      id: 'check-after-reboot',
      title: 'Check the card after the reboot',
      intro: 'The card must answer with P07 firmware and its own SAS address before anything more is written.',
      danger: 'reads',
      minutes: 1,
      matchers: [addressKept, firmwareOfPhase(7), itProduct, stillDell, ...flasherMatchers('rebooted')],
      prompts: [firmwareQuestion],
    }),
  ];
}

function writeRom(directory: string): Step {
  return flasherStep(directory, ['-o', '-b', romName], {
    id: 'write-boot-rom',
    title: 'Write the boot ROM',
    intro: 'Lets the server start from a disk behind this card. It makes every boot a few seconds longer.',
    danger: 'changes',
    minutes: 2,
    matchers: [
      {
        kind: 'expected',
        id: 'rom-written',
        pattern: /Flash BIOS Image Successful/,
        means: 'The boot ROM is written.',
        missing: 'The flasher did not confirm that the boot ROM is written.',
        next: 'The card works without it. Read the lines above, then run the step again.',
      },
      ...flasherMatchers('rebooted'),
    ],
    verify: {
      script: flasherLine(directory, ['-listall']),
      matchers: [
        {
          kind: 'expected',
          id: 'rom-listed',
          pattern: /^0\s+SAS2008\S*\s+\d\d\.\S+\s+\S+\s+\d\d\.\d\d\.\d\d\.\d\d\s/,
          means: 'The list shows a version in the column x86-BIOS.',
          missing: 'The list shows no boot ROM.',
          next: 'Run the step again. If it stays so, the file is not a BIOS ROM (mptsas2.rom): skip the step, the card works without one.',
        },
        ...flasherMatchers('rebooted'),
      ],
    },
    undo: flasherLine(directory, ['-o', '-e', '5']),
    undone: {
      script: flasherLine(directory, ['-listall']),
      matchers: [
        {
          kind: 'expected',
          id: 'rom-gone',
          pattern: /^0\s+SAS2008\S*\s+\d\d\.\S+\s+\S+\s+No Image\s/,
          means: 'The list shows no boot ROM.',
          missing: 'The list does not confirm that the boot ROM is gone.',
          next: 'Run the line again: the flasher, -o -e 5.',
        },
        ...flasherMatchers('rebooted'),
      ],
    },
  });
}

/** A server with much memory takes its time to test it. */
const restartMinutes = 15;
