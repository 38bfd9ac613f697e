/** The lists before anything is written: which card it is, and its SAS address. */
import { type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { firmwareQuestion, flasherMatchers } from './flasher-matchers.ts';
import { flasherStep } from './flasher-step.ts';
import { addressAsGiven, addressFact, addressIsThere, addressKept, addressWasLost, itProduct, laterPhase, savedAddress } from './list-matchers.ts';
import { type Parameters, phaseNumber } from './parameters.ts';
import { dashedSasAddress } from './sas-address.ts';
import { addressFile, onStick, stickLine } from './stick-layout.ts';

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

export function listBeforeErase(values: Parameters): Step[] {
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
  ];
}

/** The card can't say much: that it is the one, and that no firmware runs, is all that is asked. */
export const listWithoutFirmware: Step = flasherStep('P07', ['-listall'], {
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
      next: 'Start again with "Dell’s RAID firmware …: the whole procedure" as what the card has.',
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
export const keepAddress = ({ sasAddress = '' }: Parameters): Step => ({
  kind: 'command',
  id: 'keep-address',
  title: 'Keep the SAS address from the sticker',
  intro: 'Keeps the address that you gave in this run. After Dell’s image the card must show the same one.',
  danger: 'reads',
  runsOn: 'workstation',
  asUser: 'you',
  script: sh`echo ${`SAS Address : ${dashedSasAddress(sasAddress)}`}`,
  matchers: [addressIsThere],
  saves: [savedAddress],
});

export const listBeforeUpdate = (values: Parameters): Step[] => [
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
