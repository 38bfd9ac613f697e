/** Steps 5–12: from Dell's RAID firmware to LSI's P07. Between the erase and the reboot the card must not lose power. */
import type { ConsoleStep, Matcher, Prompt, Step } from '../../topic-kit/index.ts';
import { inOrder, sh } from '../../topic-kit/index.ts';
import { firmwareQuestion, flasherMatchers } from './flasher-matchers.ts';
import {
  addressAsGiven,
  addressFact,
  addressIsThere,
  addressKept,
  addressWasLost,
  firmwareOfPhase,
  itProduct,
  laterPhase,
  savedAddress,
} from './list-matchers.ts';
import { cardNames, type Parameters, phaseNumber } from './parameters.ts';
import { dashedSasAddress } from './sas-address.ts';
import { addressFile, dellName, flasherLine, itName, onStick, stickLine } from './stick-layout.ts';

type FlasherStep = Omit<ConsoleStep, 'kind' | 'runsOn' | 'dialect' | 'volume' | 'directory' | 'line'>;

/** A step that is one line of the flasher. */
export const flasherStep = (directory: string, flags: readonly string[], step: FlasherStep): ConsoleStep => ({
  kind: 'console',
  runsOn: 'UEFI shell of the server',
  ...flasherLine(directory, flags),
  ...step,
});

export const imageWritten: Matcher = {
  kind: 'expected',
  id: 'image-written',
  pattern: /Firmware Flash Successful/,
  means: 'The image is in the card’s flash, read back and compared by the flasher.',
  missing: 'The flasher did not say that the image is written.',
  next: 'Do not reboot. Read the lines above, then run the step again.',
};

const newFlasher: Matcher = {
  kind: 'failure',
  id: 'new-flasher',
  pattern: /^Version (?!0[0-7]\.)\d\d\./,
  means:
    'The flasher in folder P07 is too new. It would erase the card and then refuse LSI’s image with "Product ID and Vendor ID match FAILED". Nothing was changed yet.',
  next: 'Put the P05 flasher into folder P07 of the stick, and run the step again.',
  remedies: ['replace-p07-flasher'],
};

const secondController: Matcher = {
  kind: 'failure',
  id: 'second-controller',
  pattern: /^[1-9]\d*\s+SAS\d/,
  means: 'There is more than one LSI controller in this server. The flasher works on controller 0, and that could be the wrong one.',
  next: 'Switch off, take the other cards out, and run the step again.',
};

const controllerListed: Matcher = {
  kind: 'expected',
  id: 'controller-listed',
  pattern: /^0\s+SAS2008/,
  means: 'One SAS2008 card: the chip of the PERC H200 and of the SAS 9211-8i.',
  missing: 'No SAS2008 card is listed as controller 0.',
  next: 'Check the slot and the card. The procedure is for the SAS2008 chip only.',
};

/** From what the card has now to LSI's P07, or for one write upwards only to the lists before it. */
export function crossflashSteps(values: Parameters): Step[] {
  if (values.cardHas === 'lsi') return [...listBeforeUpdate(values)];
  if (values.cardHas === 'nothing') return [listWithoutFirmware, keepAddress(values), ...dellAndP07()];
  return [...listAndErase(values), ...dellAndP07()];
}

function listAndErase(values: Parameters): Step[] {
  return [
    flasherStep('P07', ['-listall'], {
      id: 'list-controllers',
      title: 'List the controllers',
      intro: 'Shows which flasher is in folder P07 and which cards it sees. Exactly one card must be listed.',
      danger: 'reads',
      minutes: 1,
      matchers: [newFlasher, secondController, controllerListed, ...flasherMatchers('before')],
      prompts: [firmwareQuestion],
    }),
    saveAddress(values),
    erase(values),
  ];
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
      matchers: [imageWritten, resetWarning('Go on without a reboot: the next step shows whether the card answers.'), ...flasherMatchers('erased')],
    }),
    flasherStep('P07', ['-c', '0', '-list'], {
      id: 'check-dell',
      title: 'Check the card after Dell’s image',
      intro: 'Compares the SAS address with the one that was saved. The erase should have left it, but not every card keeps it.',
      danger: 'reads',
      minutes: 1,
      hold: 'Do not reboot now: Dell’s image is only half of the way, and a restart at this point has left cards dead.',
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

/** The card can't say much: that it is the one, and that no firmware runs, is all that is asked. */
const listWithoutFirmware: Step = flasherStep('P07', ['-listall'], {
  id: 'list-controllers',
  title: 'List the controllers',
  intro: 'Shows which flasher is in folder P07, and that it sees one card on which no firmware runs.',
  danger: 'reads',
  minutes: 1,
  hold: 'Do not reboot: a card without firmware may not come back from it.',
  // The flasher ends with 1 here, as it should.
  lab: sh`cd stick/P07 && sas2flash.efi -listall || true`,
  matchers: [
    newFlasher,
    secondController,
    {
      kind: 'failure',
      id: 'has-firmware',
      pattern: /^0\s+SAS2008\S*\s+\d\d\.\d\d\./,
      means: 'A firmware runs on this card. It is not half done.',
      next: 'Start again with "Dell’s RAID firmware …: the whole way" as what the card has.',
    },
    {
      kind: 'harmless',
      id: 'no-firmware',
      pattern:
        /Controller (?:is )?not operational|does not have valid firmware|Failed to upload image|remaining commands will not be executed|Unable to Process Commands/i,
      text: 'Controller not Operational, Update Firmware!',
      means: 'No firmware runs on the card, as expected: Dell’s image is written next.',
    },
    {
      kind: 'expected',
      id: 'chip-seen',
      pattern: /SAS2008/,
      means: 'The flasher sees a SAS2008: the chip of the PERC H200.',
      missing: 'The flasher sees no SAS2008.',
      next: 'Check the slot and the card. The procedure is for the SAS2008 chip only.',
    },
    ...flasherMatchers('before').filter(({ id }) => !['needs-firmware', 'waits-for-reboot', 'commands-stopped'].includes(id)),
  ],
  prompts: [firmwareQuestion],
});

/** For the checks and for programming it again; the card can't be asked. */
const keepAddress = ({ sasAddress = '' }: Parameters): Step => ({
  kind: 'command',
  id: 'keep-address',
  title: 'Keep the SAS address from the sticker',
  intro: 'Keeps the address that you gave in this run. After Dell’s image the card has to show the same.',
  danger: 'reads',
  runsOn: 'workstation',
  asUser: 'you',
  script: sh`echo ${`SAS Address : ${dashedSasAddress(sasAddress)}`}`,
  matchers: [addressIsThere],
  saves: [savedAddress],
});

const listBeforeUpdate = (values: Parameters): Step[] => [
  flasherStep(values.finalPhase, ['-listall'], {
    id: 'list-controllers',
    title: 'List the controllers',
    intro: 'Exactly one card must be listed.',
    danger: 'reads',
    minutes: 1,
    matchers: [secondController, controllerListed, ...flasherMatchers('before')],
    prompts: [firmwareQuestion],
  }),
  saveAddress(values, values.finalPhase, [laterPhase(phaseNumber(values.finalPhase)), itProduct]),
];

function saveAddress(values: Parameters, directory = 'P07', more: readonly Matcher[] = []): Step {
  const given = values.sasAddress === undefined ? [] : [addressAsGiven(dashedSasAddress(values.sasAddress))];
  return flasherStep(directory, ['-c', '0', '-list'], {
    id: 'save-sas-address',
    title: 'Save the SAS address',
    intro: 'Reads the card’s details into a file on the stick and keeps the SAS address in this run. If it gets lost, it can be programmed again.',
    danger: 'changes',
    minutes: 1,
    saveTo: addressFile,
    matchers: [addressIsThere, addressWasLost, ...given, ...more, ...flasherMatchers('before')],
    prompts: [firmwareQuestion],
    saves: [savedAddress],
    verify: {
      script: stickLine(['type', addressFile], sh`cat ${onStick(addressFile)}`),
      matchers: [
        {
          kind: 'equal',
          id: 'address-on-stick',
          pattern: addressKept.pattern,
          to: { fact: addressFact },
          means: 'The file on the stick holds the same address.',
          differs: 'The file on the stick does not hold the address.',
          next: 'Write the address down on paper, check that the stick is writable, and run the step again.',
        },
        ...flasherMatchers('before'),
      ],
    },
    undo: stickLine(['rm', '-q', addressFile], sh`rm -f ${onStick(addressFile)}`),
    undone: {
      script: stickLine(['ls'], sh`ls -1 stick`),
      matchers: [
        {
          kind: 'failure',
          id: 'address-still-there',
          pattern: new RegExp(`(?<![\\w-])${addressFile.replace('.', '\\.')}`, 'i'),
          means: `${addressFile} is still on the stick.`,
          next: 'Delete it by hand; it holds no secret.',
        },
        {
          kind: 'expected',
          id: 'stick-listed',
          pattern: /(?<![\w-])P\d\d(?!\w)/,
          means: 'The stick was listed, and the file is gone.',
          missing: 'The stick was not listed.',
          next: 'Look at the stick by hand.',
        },
      ],
    },
  });
}

function erase(values: Parameters): Step {
  const address = values.sasAddress === undefined ? 'whose SAS address this run has saved' : `with SAS address ${dashedSasAddress(values.sasAddress)}`;
  return flasherStep('P07', ['-o', '-e', '6'], {
    id: 'erase',
    title: 'Erase firmware and boot ROM',
    intro: 'Erases everything on the card but the pages that hold its SAS address. From here until the reboot the card must not lose power.',
    danger: 'irreversible',
    minutes: 3,
    irreversible: 'Dell’s RAID firmware cannot be read back from the card, so it cannot be put back by Wrenchbook.',
    confirm: {
      object: `Firmware and boot ROM of the ${cardNames[values.card]} (controller 0) ${address}`,
      type: { fact: addressFact },
      ask: 'Type the SAS address of the card to erase it.',
    },
    hold: 'Do not reboot and do not power off: the flash of the card is empty. A restart now leaves a dead card.',
    matchers: [
      {
        kind: 'harmless',
        id: 'erase-failed',
        pattern: /Erase Flash Operation Failed/,
        text: 'ERROR: Erase Flash Operation Failed!',
        means: 'Usual on this card with the P05 flasher. The flash is erased all the same; if it should not be, the next step says so and stops.',
      },
      {
        kind: 'expected',
        id: 'erase-ran',
        pattern: inOrder(/Erasing /i, /Region/i),
        means: 'The flasher has gone through the flash.',
        missing: 'The erase did not start.',
        next: 'Read the lines above, and list the controllers again: only a list that shows the card’s firmware says that a reboot is safe.',
      },
      ...flasherMatchers('before'),
    ],
  });
}

export const resetWarning = (next: string): Matcher => ({
  kind: 'warning',
  id: 'reset-failed',
  pattern: /Adapter Reset Failed/,
  means: 'The image is written, but the card did not restart with it.',
  next,
});

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
