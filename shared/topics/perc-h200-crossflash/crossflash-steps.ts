/** Steps 5–12: from Dell's RAID firmware to LSI's P07. Between the erase and the reboot the card must not lose power. */
import { inOrder, type Prompt, type Step } from '../../topic-kit/index.ts';
import { firmwareQuestion, flasherMatchers } from './flasher-matchers.ts';
import { flasherStep, imageWritten, resetWarning } from './flasher-step.ts';
import { addressFact, addressKept, addressPlace, firmwareOfPhase } from './list-matchers.ts';
import { keepAddress, listBeforeErase, listBeforeUpdate, listWithoutFirmware } from './list-steps.ts';
import { cardNames, type Parameters } from './parameters.ts';
import { dellName, itName } from './stick-layout.ts';

/** From what the card has now to LSI's P07, or for one write upwards only to the lists before it. */
export function crossflashSteps(values: Parameters): Step[] {
  if (values.cardHas === 'lsi') return [...listBeforeUpdate(values)];
  if (values.cardHas === 'nothing') return [listWithoutFirmware, keepAddress(values), ...dellAndP07()];
  return [...listBeforeErase(values), erase(values), ...dellAndP07()];
}

function dellAndP07(): Step[] {
  return [
    flasherStep('P07', ['-o', '-f', dellName], {
      id: 'write-dell',
      title: 'Write Dell’s HBA image',
      intro: 'Writes the firmware of Dell’s 6Gbps SAS HBA. It brings settings to the card without which LSI’s image is refused.',
      danger: 'changes',
      minutes: 3,
      irreversible: 'The flash was empty before; there is nothing to go back to. The next step proves it.',
      hold: 'Do not reboot and do not power off: the card is being rewritten and would stay dead.',
      matchers: [imageWritten, resetWarning('Continue without a reboot: the next step shows whether the card answers.'), ...flasherMatchers('erased')],
    }),
    flasherStep('P07', ['-c', '0', '-list'], {
      id: 'check-dell',
      title: 'Check the card after Dell’s image',
      intro: 'Compares the SAS address with the one that was saved. The erase should have left it, but not every card keeps it.',
      danger: 'reads',
      minutes: 1,
      hold: 'Do not reboot now: Dell’s image is only half of the job, and a restart at this point has left cards dead.',
      matchers: [addressKept, firmwareOfPhase(7), ...flasherMatchers('erased')],
      prompts: [firmwareQuestion],
    }),
    flasherStep('P07', ['-o', '-f', itName], {
      id: 'write-p07',
      title: 'Write LSI’s P07 image',
      intro: 'Turns the card into a SAS 9211-8i. The flasher asks about NVDATA: the answer is y.',
      danger: 'changes',
      minutes: 3,
      irreversible: 'Dell’s RAID firmware is gone since the erase. The list after the reboot proves this step: until then the card cannot answer.',
      hold: 'Do not reboot and do not power off until the flasher has ended. The next step is the reboot.',
      matchers: [
        imageWritten,
        {
          kind: 'harmless',
          id: 'reset-failed',
          pattern: /Adapter Reset Failed/,
          text: 'Adapter Reset Failed!',
          means: 'The P05 flasher cannot restart the card with LSI’s image. The image is written. Until the reboot, lists show only errors.',
        },
        ...flasherMatchers('erased'),
      ],
      prompts: [nvdataQuestion],
    }),
  ];
}

function erase(values: Parameters): Step {
  return flasherStep('P07', ['-o', '-e', '6'], {
    id: 'erase',
    title: 'Erase firmware and boot ROM',
    act: 'Erase the firmware',
    intro: 'Erases everything on the card but the pages that hold its SAS address. From here until the reboot the card must not lose power.',
    danger: 'irreversible',
    minutes: 3,
    irreversible: 'Dell’s RAID firmware cannot be read back from the card, so it cannot be put back by Wrenchbook.',
    confirm: {
      object: `Firmware and boot ROM of the ${cardNames[values.card]} (controller 0)`,
      type: { fact: addressFact },
      ask: 'Type the SAS address of the card to erase it.',
      where: addressPlace,
    },
    hold: 'Do not reboot and do not power off: the flash of the card is empty. A restart now leaves a dead card.',
    matchers: [
      {
        kind: 'harmless',
        id: 'erase-failed',
        pattern: /Erase Flash Operation Failed/,
        text: 'ERROR: Erase Flash Operation Failed!',
        means: 'Usual on this card with the P05 flasher. The flash is erased anyway; if not, the next step says so and stops.',
      },
      {
        kind: 'expected',
        id: 'erase-ran',
        pattern: inOrder(/Erasing /i, /Region/i),
        means: 'The flasher went through the flash.',
        missing: 'The erase did not start.',
        next: 'Read the lines above, and list the controllers again: only a list that shows the card’s firmware says that a reboot is safe.',
      },
      ...flasherMatchers('before'),
    ],
  });
}

const nvdataQuestion: Prompt = {
  id: 'nvdata',
  pattern: /Would you like to flash anyway \[y\/n\]\?\s*$/,
  question: 'NVDATA Product ID and Vendor ID do not match. Would you like to flash anyway [y/n]?',
  explanation:
    'The card carries Dell’s settings, the image LSI’s: that is what a crossflash is. Only the P05 flasher asks; later ones refuse. Answer y only in this step.',
  answers: [
    { value: 'y', label: 'Yes', means: 'LSI’s image is written over Dell’s.' },
    { value: 'n', label: 'No', means: 'Nothing is written. Dell’s image stays, and the step can be run again. Do not reboot.' },
  ],
  recommended: 'y',
};
