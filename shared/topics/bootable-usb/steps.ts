/** Check, make, write, compare. */
import {
  type CommandStep,
  checkFolder,
  checkImageStep,
  type FatImage,
  type Matcher,
  makeFatImage,
  proveFatImage,
  type Script,
  type Step,
  sh,
  sizeText,
  writeMatchers,
  writeStickStep,
} from '../../topic-kit/index.ts';
import { folderMatchers } from './matchers.ts';
import { chosenDevice, clusterBytes, imageBytes, imagePlace, type Parameters, sourceOf, volumeSerial } from './parameters.ts';

const here = 'this machine';

export function steps(values: Parameters, rehearsal: boolean): Step[] {
  const made = imagePlace(values, rehearsal);
  if (values.what === 'image')
    return [checkImage(values), values.to === 'device' ? writeStickStep({ source: sourceOf(values.image), device: chosenDevice(values) }) : writeFile(values)];
  const build = [checkFiles(values), makeImage(values, made)];
  return values.to === 'file' ? build : [...build, writeStickStep({ source: made, device: chosenDevice(values), holes: 'leave' }), removeImage(made)];
}

const checkFiles = ({ folder }: Parameters): Step => ({
  kind: 'command',
  id: 'check-source',
  title: 'Check the files',
  intro: 'Checks that FAT32 can hold every file and every name, that a UEFI system can start from it, and that the programs that make the image are installed.',
  danger: 'reads',
  runsOn: here,
  script: sh`${checkFolder(sourceOf(folder))}
${lookForStart}`,
  matchers: folderMatchers,
});

/** What a UEFI system starts by itself from a stick. FAT does not tell capitals from small letters. */
const lookForStart = sh`starts=
for kind in ${['BOOTX64 x86-64', 'BOOTAA64 ARM64', 'BOOTIA32 32-bit-x86']}; do
  program=$(find -L . -maxdepth 3 -type f -ipath "./EFI/BOOT/\${kind% *}.EFI" | head -n 1)
  if [ -z "$program" ]; then continue
  elif [ "$(head -c 2 "$program" | LC_ALL=C tr -cd '[:upper:]')" = MZ ]; then starts="$starts \${kind#* }"
  else echo "No program: $program"; fi
done
if [ -n "$starts" ]; then echo "Starts UEFI systems of:$starts"; else echo 'Starts nothing: no program is EFI/BOOT/BOOTX64.EFI, BOOTAA64.EFI or BOOTIA32.EFI.'; fi`;

const checkImage = ({ image, sha256 }: Parameters): Step => checkImageStep({ source: sourceOf(image), sha256 });

function makeImage(values: Parameters, place: string): Step {
  const image: FatImage = {
    image: place,
    folder: sourceOf(values.folder),
    bytes: imageBytes(values),
    table: values.table,
    shown: values.partition === 'data',
    label: values.label,
    clusterBytes: clusterBytes(values),
    serial: volumeSerial(values),
    time: Date.parse(`${values.date}T00:00:00Z`) / 1000,
  };
  return {
    kind: 'command',
    id: 'make-image',
    title: 'Make the image',
    intro: `${values.table.toUpperCase()} with one FAT32 partition named ${values.label}, ${sizeText(image.bytes)}, in clusters of ${image.clusterBytes} bytes${values.table === 'mbr' ? ', and no boot code: UEFI starts from it, a BIOS does not' : ''}. Without root's rights.`,
    danger: 'changes',
    runsOn: here,
    asUser: 'you',
    minutes: 2,
    script: makeFatImage(image),
    matchers: [
      {
        kind: 'failure',
        id: 'there-already',
        pattern: /(cannot create|cannot overwrite|File exists)/i,
        means: 'A file of that name already exists. It was left alone.',
        next: 'Move it away, or remove it if an interrupted run left it, and run the step again.',
      },
      {
        kind: 'failure',
        id: 'full',
        pattern: /(Disk full|No space left)/i,
        means: 'There is not enough space: on the stick for the files, or on the disk for the image.',
        next: 'Take a larger stick, or another folder for the image, in a new run.',
      },
      {
        kind: 'harmless',
        id: 'block-count',
        pattern: /block count mismatch/,
        means: 'The partition ends before the image does: behind it is the copy of GPT’s table.',
      },
      {
        kind: 'expected',
        id: 'made',
        pattern: /^The image is made\.$/,
        means: 'Partition table, file system and files are in the image.',
        missing: 'The image was not completed.',
        next: 'Read the lines above, undo the step, and run it again.',
      },
    ],
    verify: {
      script: proveFatImage(image),
      matchers: [
        { kind: 'harmless', id: 'no-errors', pattern: /No errors detected/, text: 'No errors detected', means: 'sfdisk found the partition table in order.' },
        {
          kind: 'expected',
          id: 'same',
          pattern: /^Every file in the image is the same as its source\.$/,
          means: 'Every file was read out of the image and compared.',
          missing: 'A file in the image differs from its source.',
          next: 'Undo the step, and run it again.',
        },
      ],
    },
    undo: sh`rm -f ${place}`,
    undone: gone(place),
  };
}

/** That a file that was made is not there any more. */
const gone = (place: string) => ({
  script: sh`[ -e ${place} ] || echo ${'The file is gone.'}`,
  matchers: [
    {
      kind: 'expected',
      id: 'gone',
      pattern: /^The file is gone\.$/,
      means: 'The file that was made is gone.',
      missing: 'The file that was made is still there.',
      next: 'Remove it by hand.',
    },
  ] satisfies Matcher[],
});

const writeFile = ({ image, imageFile }: Parameters): CommandStep => ({
  kind: 'command',
  id: 'write-file',
  title: 'Write the image file and compare it',
  intro: 'Unpacks the image into the file and reads all of it back. Blocks of zeros take no room.',
  danger: 'changes',
  runsOn: here,
  asUser: 'you',
  minutes: 3,
  writer: true,
  script: sh`wbmedia write --source ${sourceOf(image)} --to ${imageFile}`,
  matchers: writeMatchers,
  undo: sh`rm -f ${imageFile}`,
  undone: gone(imageFile),
});

function removeImage(place: string): Step {
  const removed: Matcher = {
    kind: 'expected',
    id: 'removed',
    pattern: /^Removed\.$/,
    means: 'The image took room only while it was needed.',
    missing: 'The image is still there.',
    next: 'Remove it by hand.',
  };
  const script: Script = sh`rm -f ${place}
[ -e ${place} ] || echo Removed.`;
  return {
    kind: 'command',
    id: 'remove-image',
    title: 'Remove the image',
    act: 'Delete the image file',
    intro: 'The files are on the stick now; their image is no longer needed.',
    danger: 'changes',
    runsOn: here,
    asUser: 'you',
    script,
    matchers: [removed],
    irreversible: 'The same image is made again by the same run.',
  };
}
