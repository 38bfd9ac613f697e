/** Which file lies where on the stick, and the shell text that puts it there, proves it and takes it away again. Pure. */
import { labStick } from '../../topic-kit/console-dialect.ts';
import { type ConsoleLine, findSystemShell, type Script, sh } from '../../topic-kit/index.ts';
import { crossflashFiles, type Parameters, shellFile } from './parameters.ts';

/** Names on the stick. The flasher and the images keep the names their makers gave them. */
export const flasherName = 'sas2flash.efi';
export const dellName = '6GBPSAS.FW';
export const itName = '2118it.bin';
export const romName = 'mptsas2.rom';
const marker = 'WRENCHBOOK.TXT';
const markerText = 'Made by Wrenchbook: crossflash of a PERC H200.';
export const addressFile = 'SAS-ADDRESS.TXT';

/** How the stick is found in the UEFI shell. */
export const stickVolume: NonNullable<ConsoleLine['volume']> = { file: marker, text: markerText };

/** One line of the flasher, typed in its folder of the stick. */
export const flasherLine = (directory: string, flags: readonly string[]): ConsoleLine => ({
  dialect: 'uefi-shell',
  volume: stickVolume,
  directory,
  line: [flasherName, ...flags],
});
/** A line of the UEFI shell's own, typed in the root of the stick; `lab` stands in for it in a rehearsal. */
export const stickLine = (line: readonly string[], lab: Script): ConsoleLine => ({ dialect: 'uefi-shell', volume: stickVolume, directory: '', line, lab });

/** A path on the stick in the lab. */
export const onStick = (path: string) => `${labStick}/${path}`;

/** Where the stick is mounted on this machine; in a rehearsal, the folder that plays it. */
export interface Stick {
  folder: string;
}
export const stickOf = ({ stickFolder }: Parameters, rehearsal: boolean): Stick => ({ folder: rehearsal ? labStick : stickFolder.replace(/(?<!\/)\/+$/, '') });

/** Where the shell finds a chosen file: `lab:` files lie in the lab's downloads folder, which is beside the stick. */
const sourceOf = (path: string) => (path.startsWith('lab:') ? `downloads/${path.slice('lab:'.length)}` : path);

interface Copy {
  /** Null: the shell that `findSystemShell` has found. */
  from: string | null;
  to: string;
}

function stickCopies(values: Parameters, on: (path: string) => string): Copy[] {
  const final = values.finalPhase;
  const copies: Copy[] = [
    { from: shellFile(values), to: 'EFI/BOOT/BOOTX64.EFI' },
    ...(crossflashFiles(values)
      ? [
          { from: values.p07Flasher ?? '', to: `P07/${flasherName}` },
          { from: values.dellImage ?? '', to: `P07/${dellName}` },
          { from: values.p07Image ?? '', to: `P07/${itName}` },
        ]
      : []),
    { from: values.finalFlasher, to: `${final}/${flasherName}` },
    { from: values.finalImage, to: `${final}/${itName}` },
  ];
  if (!values.leaveOutBootRom && values.bootRom !== undefined) copies.push({ from: values.bootRom, to: `${final}/${romName}` });
  return copies.map(({ from, to }) => ({ from: from === null ? null : sourceOf(from), to: on(to) }));
}

export const pathOn =
  ({ folder }: Stick) =>
  (path: string) =>
    `${folder}/${path}`;
const foldersOf = (values: Parameters) => ['EFI/BOOT', ...(crossflashFiles(values) ? ['P07'] : []), values.finalPhase];

export const joinLines = (scripts: readonly Script[]): Script => scripts.reduce((all, one) => sh`${all}${one}\n`, sh``);

/** Stops where one of them is there already: it is somebody else's. */
export const refuseTaken = (paths: readonly string[]): Script =>
  joinLines(
    paths.map((path) => {
      const refusal = `The stick already has ${path}, and it is not Wrenchbook's.`;
      return sh`  [ ! -e ${path} ] || { echo ${refusal}; exit 1; }`;
    }),
  );

const sourceWord = (from: string | null): Script => (from === null ? sh`"$shell"` : sh`${from}`);
const shellFound = (values: Parameters): Script => (shellFile(values) === null ? sh`${findSystemShell}\n` : sh``);

/**
 * Folders of these names that Wrenchbook did not make are left alone: the script stops before it touches them. The mark comes before
 * what it marks, so that a script that was cut off knows its own work again.
 */
export function layOutStick(values: Parameters, stick: Stick): Script {
  const on = pathOn(stick);
  const folders = foldersOf(values).map(on);
  const copies = stickCopies(values, on).map(({ from, to }) => sh`cp ${sourceWord(from)} ${to}`);
  return sh`set -e
${shellFound(values)}if [ ! -e ${on(marker)} ]; then
${refuseTaken(folders)}fi
mkdir -p ${stick.folder}
echo ${markerText} > ${on(marker)}
mkdir -p ${folders}
${joinLines(copies)}echo ${'The stick is laid out.'}`;
}

export function compareStick(values: Parameters, stick: Stick): Script {
  const compared = stickCopies(values, pathOn(stick)).map(({ from, to }) => sh`cmp ${sourceWord(from)} ${to} &&`);
  return sh`${shellFound(values)}${joinLines(compared)}echo ${'Every file on the stick is the same as its source.'}`;
}

/** Whether anything of it is still there. */
export function stickIsClear(values: Parameters, stick: Stick): Script {
  const on = pathOn(stick);
  const files = [on(marker), ...stickCopies(values, on).map((copy) => copy.to)];
  return sh`left=''
for one in ${files}; do
  [ ! -e "$one" ] || { left=yes; printf 'Still there: %s\\n' "$one"; }
done
[ -n "$left" ] || echo ${'Nothing of it is on the stick.'}`;
}

/** Takes away what `layOutStick` made, and folders only where nothing else lies in them. */
export function clearStick(values: Parameters, stick: Stick): Script {
  const on = pathOn(stick);
  const files = stickCopies(values, on).map((copy) => copy.to);
  return sh`if [ -e ${on(marker)} ]; then
  rm -f ${files} ${on(marker)}
  for folder in ${[...foldersOf(values).map(on), on('EFI'), stick.folder]}; do
    rmdir "$folder" 2> /dev/null || true
  done
fi`;
}
