/** Steps 1–4: the files are checked, the stick is made, the server starts from it. Nothing on the card changes here. */
import { findSystemShell, type Proof, renderForConsole, type Step, type StepCard, sh, systemShellPackages, typedScript } from '../../topic-kit/index.ts';
import { fileChecks } from './file-checks.ts';
import { cardNames, crossflashFiles, type Parameters, shellFile } from './parameters.ts';
import { scriptInstructions, stickIsBack } from './script-steps.ts';
import { clearStick, compareStick, layOutStick, stickIsClear, stickOf, stickVolume } from './stick-layout.ts';

const workstation = 'workstation';

/** `byScript`: the step that puts the scripts on the stick, where they lead through the shell part. `typed`: what is typed there by hand, for a card. */
export function preparationSteps(values: Parameters, rehearsal: boolean, byScript: Step | null, typed: readonly Step[] = []): Step[] {
  const stick = stickOf(values, rehearsal);
  return [
    {
      kind: 'verify',
      id: 'check-files',
      title: 'Check the files',
      intro: 'Wrenchbook reads every chosen file: header, size, checksum, product and phase. A wrong, cut-off or swapped file is found here, not on the card.',
      danger: 'reads',
      runsOn: workstation,
      minutes: 1,
      files: fileChecks(values),
    },
    ...(shellFile(values) === null ? [findShell] : []),
    {
      kind: 'command',
      id: 'lay-out-stick',
      title: 'Lay out the stick',
      intro: `Copies the files to the stick: ${crossflashFiles(values) ? 'P07 for the crossflash, ' : ''}${values.finalPhase} for the final firmware, EFI/BOOT for the UEFI shell. The stick is formatted FAT32.`,
      danger: 'changes',
      runsOn: workstation,
      asUser: 'you',
      minutes: 2,
      script: layOutStick(values, stick),
      matchers: [
        {
          kind: 'failure',
          id: 'folder-taken',
          pattern: /^The stick already has /,
          means: 'A folder of this name is on the stick, but Wrenchbook did not make it. It was left alone.',
          next: 'Take an empty stick, or move that folder away, and run the step again.',
        },
        {
          kind: 'expected',
          id: 'stick-written',
          pattern: /^The stick is laid out\.$/,
          means: 'All files were copied.',
          missing: 'Not every file was copied.',
          next: 'Read the lines above. Check that the stick is writable and has room, then run the step again.',
        },
      ],
      verify: {
        script: compareStick(values, stick),
        matchers: [
          {
            kind: 'expected',
            id: 'stick-compared',
            pattern: /^Every file on the stick is the same as its source\.$/,
            means: 'Read back from the stick and compared byte by byte: no difference.',
            missing: 'A file on the stick differs from its source.',
            next: 'Run the step again. If it differs again, take another stick.',
          },
        ],
      },
      undo: clearStick(values, stick),
      undone: {
        script: stickIsClear(values, stick),
        matchers: [
          {
            kind: 'failure',
            id: 'still-on-stick',
            pattern: /^Still there: /,
            means: 'A file of the crossflash is still on the stick.',
            next: 'Check that the stick is writable, and undo the step again; or delete the file by hand.',
          },
          {
            kind: 'expected',
            id: 'stick-clear',
            pattern: /^Nothing of it is on the stick\.$/,
            means: 'The stick was searched: nothing of the crossflash is on it.',
            missing: 'Nothing confirms that the stick is clear.',
            next: 'Check the stick by hand.',
          },
        ],
      },
    },
    ...(byScript ? [byScript, bootServer(values, rehearsal, true)] : [bootServer(values, rehearsal, false, typed), findStick]),
  ];
}

const findShell: Step = {
  kind: 'command',
  id: 'find-shell',
  title: 'Find the UEFI shell of this system',
  intro: `Searches where Linux packages put it: ${systemShellPackages}.`,
  danger: 'reads',
  runsOn: workstation,
  asUser: 'you',
  minutes: 1,
  script: sh`${findSystemShell}
echo "UEFI shell: $shell"`,
  matchers: [
    {
      kind: 'failure',
      id: 'no-system-shell',
      pattern: /^This system has no UEFI shell installed\.$/,
      alone: true,
      means: 'None of the packages that have a UEFI shell is installed here.',
      next: `Install one, and run the step again: ${systemShellPackages}. Where there is no such package (Debian 12), choose a file of yours in a new run.`,
    },
    {
      kind: 'expected',
      id: 'shell-found',
      pattern: /^UEFI shell: \S/,
      means: 'It is taken from here.',
      missing: 'The shell was not found.',
      next: 'Choose a file of yours in a new run.',
    },
    {
      kind: 'warning',
      id: 'shell-version-2',
      pattern: /^UEFI shell: \S/,
      means: 'The shells of the packages are version 2. The flasher starts from some of them, but not from others.',
      next: 'If the server says "Application not started from Shell" or shows only failed assertions, put version 1 on the stick.',
    },
  ],
};

const findStick: Step = {
  kind: 'console',
  dialect: 'uefi-shell',
  id: 'find-stick',
  title: 'Find the stick',
  intro: `Lists the disks that the UEFI shell knows. The stick is found by its file ${stickVolume.file}, whatever its number is.`,
  danger: 'reads',
  runsOn: 'UEFI shell of the server',
  minutes: 1,
  volume: stickVolume,
  directory: '',
  line: ['map', '-b'],
  matchers: [
    {
      kind: 'expected',
      id: 'stick-found',
      pattern: /Removable HardDisk|USB\(/i,
      means: 'The shell sees the stick.',
      missing: 'The shell sees no removable disk.',
      next: 'Put the stick into another USB port, type map -r, and run the step again.',
    },
  ],
};

function bootServer(values: Parameters, rehearsal: boolean, byScript: boolean, typed: readonly Step[] = []): Step {
  const slot = {
    'h200-integrated': [
      'Move the card from the storage slot to an ordinary PCIe slot: Dell’s servers refuse to start with foreign firmware in the storage slot.',
    ],
    'h200-modular': ['Be sure that the blade can start without this card: its mezzanine slot may refuse foreign firmware.'],
  }[values.card as string];
  return {
    kind: 'manual',
    id: 'boot-server',
    title: 'Start the server from the stick',
    intro: 'The flasher runs in the UEFI shell: only there can it erase. The server’s own system is down until this procedure has ended.',
    danger: 'changes',
    runsOn: 'the server',
    minutes: 5,
    instructions: [
      values.cardHas === 'nothing'
        ? 'Switch the server off, pull every power cable, and wait 30 seconds: a chip without firmware keeps its fault otherwise.'
        : 'Shut the server down in the ordinary way.',
      ...(slot ?? []),
      `Pull the data cables off the ${cardNames[values.card]}, and take out every other LSI card: the flasher works on controller 0.`,
      'Make sure the power stays on: a UPS, no building work, nobody else at the rack.',
      'Eject the stick here, put it into the server, choose it in the boot menu as a UEFI device, and wait for the shell.',
      'If the shell shows only failed assertions, put the other shell version on the stick.',
      ...(values.way === 'hand' ? [byHandInstruction] : []),
      ...(byScript ? scriptInstructions(stickOf(values, rehearsal)) : []),
    ],
    ...(values.way === 'hand' && { cards: [shellCard(typed)] }),
    lab: values.cardHas === 'nothing' ? sh`lab-hand boot-stick cold` : sh`lab-hand boot-stick`,
    verify: byScript ? stickIsBack(stickOf(values, rehearsal)) : inShell,
    ...(rehearsal ? { undo: sh`lab-hand boot-disk`, undone: leftShell } : { irreversible: 'Starting the server from its own disk again is done by hand.' }),
  };
}

/** In a rehearsal. */
const leftShell: NonNullable<Proof['undone']> = {
  script: sh`map -b 2>&1 || true`,
  matchers: [
    {
      kind: 'expected',
      id: 'left-shell',
      pattern: /lab server is not in the UEFI shell/,
      means: 'The server runs from its own disk again.',
      missing: 'The server is still in the UEFI shell.',
      next: 'Restart it from its own disk.',
    },
  ],
};

/** For somebody who stands in front of the server, with the run elsewhere. */
const shellCard = (typed: readonly Step[]): StepCard => ({
  title: 'At the server: the lines for the UEFI shell, in order',
  lines: typed.flatMap((step) =>
    step.kind === 'console' && step.dialect === 'uefi-shell' ? [`# ${step.title}`, ...typedScript(renderForConsole(step)).split('\n')] : [],
  ),
  note: 'One at a time: paste what the screen shows into the run (or type it from a photo), and the run says whether the next one may follow. From the erase until the reboot the server must not be restarted.',
});

const byHandInstruction =
  'Type map -b: it names the file systems. Go to the stick with its name and a colon, such as fs1: – its number may be another after each boot. ls shows WRENCHBOOK.TXT there.';

const inShell: NonNullable<Proof['verify']> = {
  script: { dialect: 'uefi-shell', directory: '', line: ['map', '-b'], lab: sh`map -b` },
  matchers: [
    {
      kind: 'expected',
      id: 'in-shell',
      pattern: /mapping table/i,
      means: 'The server is in the UEFI shell.',
      missing: 'The server is not in the UEFI shell.',
      next: 'Choose the stick in the boot menu as a UEFI device.',
    },
  ],
};
