/** What the admin chooses. Cards that the procedure is not known to work on are shown and refused with the reason. */
import { z } from 'zod';
import { field, type ParameterIssue, systemShellPackages } from '../../topic-kit/index.ts';
import { normalizeSasAddress } from './sas-address.ts';

const cards = ['h200-adapter', 'h200-integrated', 'h200-modular', 'h200-embedded', 'h310', 'm1015'] as const;
export type Card = (typeof cards)[number];

export const cardNames: Readonly<Record<Card, string>> = {
  'h200-adapter': 'Dell PERC H200 Adapter',
  'h200-integrated': 'Dell PERC H200 Integrated',
  'h200-modular': 'Dell PERC H200 Modular',
  'h200-embedded': 'Dell PERC H200 Embedded',
  h310: 'Dell PERC H310',
  m1015: 'IBM ServeRAID M1015',
};

const refusals: Partial<Record<Card, string>> = {
  'h200-embedded': 'It is soldered to the mainboard: when a write goes wrong, it cannot be moved to another computer and rescued there.',
  h310: 'It has the same chip, but its start-up record (SBR) makes it a MegaRAID controller (PCI 1000:0073), which sas2flash does not see. That record has to be overwritten first, with megarec under DOS.',
  m1015:
    'IBM’s start-up record (SBR) makes it a MegaRAID controller (PCI 1000:0073), which sas2flash does not see. It needs another record first, and Dell’s image must not be written to it.',
};

const card = z.enum(cards).superRefine((value, context) => {
  const reason = refusals[value];
  if (reason) context.addIssue({ code: 'custom', message: `${cardNames[value]} is not offered. ${reason}` });
});

/** Longer ones would not fit into one line of a terminal, which takes 1,000 bytes or so. */
const longestPath = 700;
/** A file the lab brings: as the form has it, or already resolved against the lab folder. */
const labFile = /^(lab:|downloads\/)[^/]/;
const path = z
  .string()
  .min(1, { error: 'Choose a file.', abort: true })
  .max(longestPath, `The path is longer than ${longestPath} characters. Move the file to a shorter path.`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach the terminal
  .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), 'The path contains a control character. Rename the file.')
  .refine((value) => labFile.test(value) || /^(\/|[A-Za-z]:[\\/])/.test(value), 'The path must be absolute.')
  .refine((value) => !(labFile.test(value) && value.split('/').includes('..')), 'A lab file must lie inside the lab.');

/** Of the choice of what the card has now. */
export const halfDone = 'No firmware that runs';

export const phases = ['P16', 'P18', 'P19', 'P20'] as const;
export type Phase = (typeof phases)[number];
export const phaseNumber = (phase: Phase) => Number(phase.slice(1));

export const parameters = z
  .object({
    card: field(card.default('h200-adapter'), {
      label: 'Card',
      help: 'What lspci -nn shows helps: Adapter 1028:1f1d, Integrated 1028:1f1e, Modular 1028:1f1f.',
      control: 'choice',
      choices: cards.map((value) => {
        const disabledBecause = refusals[value];
        return { value, label: cardNames[value], ...(disabledBecause ? { disabledBecause } : {}) };
      }),
    }),
    cardHas: field(z.enum(['whole', 'nothing', 'lsi']).default('whole'), {
      label: 'What the card has now',
      help: 'From Dell’s firmware, and down to an earlier phase, it takes the whole procedure. Up to a later phase of LSI’s firmware it is one write. An interrupted crossflash continues with Dell’s image.',
      control: 'choice',
      choices: [
        { value: 'whole', label: 'Dell’s RAID firmware, or a later phase than wanted: the whole procedure' },
        { value: 'nothing', label: `${halfDone}: an interrupted crossflash` },
        { value: 'lsi', label: 'LSI’s IT firmware of an earlier phase: one write' },
      ],
    }),
    way: field(z.enum(['console', 'script', 'hand']).default('console'), {
      label: 'Path through the UEFI shell',
      help: 'Live needs the server’s console: a serial line, IPMI, or a virtual machine’s. With scripts you work at the server; the stick carries their logs back. By hand you type one line at a time, and paste what the screen shows.',
      control: 'choice',
      choices: [
        { value: 'console', label: 'Live, typed by Wrenchbook over a console' },
        { value: 'script', label: 'By startup.nsh on the stick' },
        { value: 'hand', label: 'Typed by you, one line at a time' },
      ],
    }),
    stickFolder: field(
      path.refine((value) => !labFile.test(value), 'Name the folder where the stick is mounted.'),
      {
        label: 'Stick',
        help: 'Folder where the stick is mounted on this machine, such as /media/you/STICK. In a rehearsal the lab has a stick of its own.',
        control: 'text',
      },
    ),
    shellFrom: field(z.enum(['file', 'system']).default('file'), {
      label: 'Where the UEFI shell comes from',
      help: `Version 1 is the safe choice, as a file: the flasher refuses to start from some version 2 shells. Packages have version 2: ${systemShellPackages}.`,
      control: 'choice',
      choices: [
        { value: 'file', label: 'A file of mine' },
        { value: 'system', label: 'The package of this system' },
      ],
    }),
    uefiShell: field(path.optional(), {
      label: 'UEFI shell',
      help: 'An x86-64 UEFI shell, version 1 where you have it.',
      control: 'file',
      when: { shellFrom: 'file' },
    }),
    p07Flasher: field(path.optional(), {
      label: 'P05 flasher (sas2flash.efi)',
      help: 'From LSI’s UEFI installer for phase 5; not needed for one write upwards. Only this old one asks before it overwrites foreign NVDATA; later ones refuse.',
      control: 'file',
    }),
    dellImage: field(path.optional(), {
      label: 'Dell image (6GBPSAS.FW)',
      help: 'From Dell’s package for the 6Gbps SAS HBA, 07.03.06.00 (A10). Not needed for one write upwards.',
      control: 'file',
    }),
    p07Image: field(path.optional(), {
      label: 'LSI P07 image (2118it.bin)',
      help: 'IT firmware of phase 7 for the SAS 9211-8i. Not needed for one write upwards.',
      control: 'file',
    }),
    finalPhase: field(z.enum(phases).default('P20'), {
      label: 'Final firmware phase',
      help:
        'Take the phase of your driver. FreeBSD 9 ships driver 16, FreeBSD 10 driver 19, Linux of 2014 driver 18. With a later driver take P20, the last phase for this card. ' +
        'dmesg shows it: "mps0: Firmware: …, Driver: …" on FreeBSD, the mpt2sas or mpt3sas version on Linux.',
      control: 'choice',
      choices: phases.map((value) => ({ value, label: value })),
    }),
    finalFlasher: field(path, {
      label: 'Flasher for the final phase (sas2flash.efi)',
      help: 'The current one is right for every phase offered here.',
      control: 'file',
    }),
    finalImage: field(path, {
      label: 'Final image (2118it.bin)',
      help: 'IT firmware for the SAS 9211-8i of the phase chosen above.',
      control: 'file',
    }),
    leaveOutBootRom: field(z.boolean().default(true), {
      label: 'Leave out the boot ROM',
      help: 'The server starts faster without it. Turn this off only if the server must start from a disk behind this card.',
      control: 'switch',
    }),
    bootRom: field(path.optional(), {
      label: 'Boot ROM (mptsas2.rom)',
      help: 'Needed only if the boot ROM is not left out.',
      control: 'file',
    }),
    sasAddress: field(
      z
        .string()
        .optional()
        .transform((text, context) => {
          if (text === undefined || text.trim() === '') return undefined;
          const digits = normalizeSasAddress(text);
          if (digits !== null) return digits;
          context.addIssue({ code: 'custom', message: 'A SAS address has 16 digits from 0 to 9 and a to f. Read it again from the sticker.' });
          return z.NEVER;
        }),
      {
        label: 'SAS address',
        help: 'Optional: 16 digits from the sticker on the card. The address that the card reports must then be the same. Needed where no firmware runs, as the card can’t be asked.',
        control: 'text',
      },
    ),
  })
  .superRefine((values, context) => {
    if (values.shellFrom === 'file' && values.uefiShell === undefined) {
      context.addIssue({ code: 'custom', path: ['uefiShell'], message: 'Choose the file of the UEFI shell, or take it from the package of this system.' });
    }
    if (values.cardHas !== 'lsi')
      for (const name of ['p07Flasher', 'dellImage', 'p07Image'] as const)
        if (values[name] === undefined) context.addIssue({ code: 'custom', path: [name], message: 'Choose a file.' });
    if (values.cardHas === 'nothing' && values.sasAddress === undefined)
      context.addIssue({
        code: 'custom',
        path: ['sasAddress'],
        message: 'Without firmware the card can’t be asked for its SAS address. Read it from the sticker on the card.',
      });
    if (values.cardHas !== 'whole' && values.way === 'script')
      context.addIssue({ code: 'custom', path: ['way'], message: 'The scripts cover only the whole procedure. Choose the live path, or type by hand.' });
    if (!values.leaveOutBootRom && values.bootRom === undefined) {
      context.addIssue({ code: 'custom', path: ['bootRom'], message: 'Choose the boot ROM file, or leave the boot ROM out.' });
    }
  });

export type Parameters = z.output<typeof parameters>;

/** Whether the files of the way through Dell's image and P07 are needed. */
export const crossflashFiles = ({ cardHas }: Parameters) => cardHas !== 'lsi';

/** The file of the shell; null where the system's own is taken. */
export const shellFile = ({ shellFrom, uefiShell }: Parameters) => (shellFrom === 'file' ? (uefiShell ?? null) : null);

/** Live lines need a console; scripts need only this machine with the stick; over SSH the running server can only be looked at. */
export function misfit({ way }: Parameters, { kind }: { kind: string }): ParameterIssue | null {
  if (kind === 'ssh')
    return {
      field: 'way',
      message: 'A running server can only be checked: the flasher erases in the UEFI shell alone.',
      next: 'Choose its console as the target, this machine for the path by startup.nsh, or "By hand".',
    };
  if (way === 'console' && kind !== 'console')
    return {
      field: 'way',
      message: 'To type live, Wrenchbook needs the console of the server.',
      next: 'Choose that console as the target, or another path.',
    };
  if (way === 'script' && kind !== 'local')
    return { field: 'way', message: 'Scripts on the stick need no console.', next: 'Choose this machine as the target, or another path.' };
  if (way === 'hand' && kind !== 'hand')
    return {
      field: 'way',
      message: 'Typing by hand is for a machine that Wrenchbook does not reach.',
      next: 'Choose "By hand" as the target, or another path.',
    };
  return null;
}

/** Files the lab brings, for a rehearsal. */
export const labDefaults: Readonly<Record<string, string | boolean>> = {
  stickFolder: '/media/stick',
  uefiShell: 'lab:EFI/BOOT/BOOTX64.EFI',
  p07Flasher: 'lab:P07/sas2flash.efi',
  dellImage: 'lab:P07/6GBPSAS.FW',
  p07Image: 'lab:P07/2118it.bin',
  finalFlasher: 'lab:P20/sas2flash.efi',
  finalImage: 'lab:P20/2118it.bin',
  bootRom: 'lab:P20/mptsas2.rom',
};
