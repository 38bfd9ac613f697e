/** Which file lies where on the stick, and the shell text that puts it there, proves it and takes it away again. Pure. */
import { labStick } from '../../topic-kit/console-dialect.ts';
import { type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

/** Names on the stick. The flasher and the images keep the names their makers gave them. */
export const flasherName = 'sas2flash.efi';
export const dellName = '6GBPSAS.FW';
export const itName = '2118it.bin';
export const romName = 'mptsas2.rom';
const marker = 'WRENCHBOOK.TXT';
export const addressFile = 'SAS-ADDRESS.TXT';

export const onStick = (path: string) => `${labStick}/${path}`;

/** Where the shell finds a chosen file: `lab:` files lie in the lab's downloads folder, which is beside the stick. */
const sourceOf = (path: string) => (path.startsWith('lab:') ? `downloads/${path.slice('lab:'.length)}` : path);

interface Copy {
  from: string;
  to: string;
}

function stickCopies(values: Parameters): Copy[] {
  const final = values.finalPhase;
  const copies = [
    { from: values.uefiShell, to: 'EFI/BOOT/BOOTX64.EFI' },
    { from: values.p07Flasher, to: `P07/${flasherName}` },
    { from: values.dellImage, to: `P07/${dellName}` },
    { from: values.p07Image, to: `P07/${itName}` },
    { from: values.finalFlasher, to: `${final}/${flasherName}` },
    { from: values.finalImage, to: `${final}/${itName}` },
  ];
  if (!values.leaveOutBootRom && values.bootRom !== undefined) copies.push({ from: values.bootRom, to: `${final}/${romName}` });
  return copies.map(({ from, to }) => ({ from: sourceOf(from), to: onStick(to) }));
}

const folders = (values: Parameters) => ['EFI/BOOT', 'P07', values.finalPhase].map(onStick);

const lines = (scripts: readonly Script[]): Script => scripts.reduce((all, one) => sh`${all}${one}\n`, sh``);

/** Folders of these names that Wrenchbook did not make are left alone: the script stops before it touches them. */
export function layOutStick(values: Parameters): Script {
  const taken = folders(values).map((folder) => {
    const refusal = `The stick already has ${folder}, and it is not Wrenchbook's.`;
    return sh`  [ ! -e ${folder} ] || { echo ${refusal}; exit 1; }`;
  });
  const copies = stickCopies(values).map((copy) => sh`cp ${copy.from} ${copy.to}`);
  return sh`set -e
if [ ! -e ${onStick(marker)} ]; then
${lines(taken)}fi
mkdir -p ${folders(values)}
echo ${'Made by Wrenchbook: crossflash of a PERC H200.'} > ${onStick(marker)}
${lines(copies)}echo ${'The stick is laid out.'}`;
}

export function compareStick(values: Parameters): Script {
  const compared = stickCopies(values).map((copy) => sh`cmp ${copy.from} ${copy.to} &&`);
  return sh`${lines(compared)}echo ${'Every file on the stick is the same as its source.'}`;
}

/** Takes away what `layOutStick` made, and folders only where nothing else lies in them. */
export function clearStick(values: Parameters): Script {
  const files = stickCopies(values).map((copy) => copy.to);
  return sh`if [ -e ${onStick(marker)} ]; then
  rm -f ${files} ${onStick(marker)}
  for folder in ${[...folders(values), onStick('EFI'), labStick]}; do
    rmdir "$folder" 2> /dev/null || true
  done
fi`;
}
