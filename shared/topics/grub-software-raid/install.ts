/** GRUB onto every disk of the array, with copies of what was there. */
import { fact, file, inOrder, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { grubFolder, reading } from './reading.ts';
import { bios, restoreBios, restoreUefi, sums, uefi } from './writing.ts';

const shelter = '/var/lib/wrenchbook/boot-code';
const common = { kind: 'command', runsOn: 'the server', danger: 'changes', needsRoot: true, minutes: 2 } as const;

/** The next free place for copies. */
const nextPlace = sh`number=1; while [ -e ${file(shelter)}/$number ]; do number=$((number + 1)); done; place=${file(shelter)}/$number`;

/** What it means is said of the partition. */
export const mountSays: Matcher = {
  kind: 'harmless',
  id: 'mount',
  pattern: /^mount: /,
  text: 'mount: wrong fs type, bad option, bad superblock …',
  means: 'A partition has no file system that can be mounted. The line about it says what to do.',
};

const installing: Matcher[] = [
  {
    kind: 'failure',
    id: 'no-bios-partition',
    pattern: /GPT partition label contains no BIOS Boot Partition/,
    means: 'This disk has a GPT and no BIOS boot partition, so GRUB’s core image has no place.',
    next: 'Make one of 1 MiB, type 21686148-6449-6E6F-744E-656564454649, outside the array. Never use --force.',
  },
  {
    kind: 'failure',
    id: 'no-embedding',
    pattern: /embedding is not possible/,
    means: 'GRUB’s core image does not fit before the first partition of this disk.',
    next: 'The first partition has to begin at sector 2048. Never use --force: a list of blocks on an array breaks.',
  },
  {
    kind: 'failure',
    id: 'no-grub-drive',
    pattern: /cannot find a GRUB drive for/,
    means: 'GRUB cannot find the disk or the array.',
    next: 'Check /proc/mdstat and /boot/grub/device.map. A disk that was replaced may still be named there.',
  },
  {
    kind: 'failure',
    id: 'stopped-at',
    pattern: /^stopped-at=/,
    means: 'It could not be done on this disk. Disks before it are done already.',
    next: 'Read the lines above it. Fix the cause and run the step again, or undo.',
    remedies: ['fix-disk'],
  },
  {
    kind: 'harmless',
    id: 'locale',
    pattern: inOrder(/warning: cannot open directory/, /locale/),
    text: "warning: cannot open directory `/usr/share/locale': No such file or directory.",
    means: 'Translations of GRUB’s menu are not installed.',
  },
  {
    kind: 'harmless',
    id: 'its-error',
    pattern: /^grub2?-install: error: (?!embedding|cannot find)/,
    text: "grub-install: error: cannot write to `/dev/sdb': Input/output error.",
    means: 'What GRUB says of this disk.',
  },
  {
    kind: 'harmless',
    id: 'no-error',
    pattern: /^Installation finished\. No error reported\.$/,
    text: 'Installation finished. No error reported.',
    means: 'GRUB says so of this disk. It is read back next.',
  },
];

const onAll = (firmware: Parameters['firmware']): Matcher[] => [
  {
    kind: 'failure',
    id: 'not-on-it',
    pattern: /^disk \S+: .*code=(?!grub$)\w+$/,
    means: 'This disk does not have this GRUB, so the machine does not start from it alone.',
    next: 'Run the step that installs it again, or start a new run.',
  },
  {
    kind: 'expected',
    id: 'all-disks',
    pattern: /^all-disks=yes$/,
    means:
      firmware === 'bios'
        ? 'Read back: each disk has GRUB’s boot code, and the same core image as /boot.'
        : 'Read back: each EFI system partition has the same files, and one from which firmware starts an unknown disk.',
    missing: 'Not every disk could be read back with this GRUB.',
    next: 'Read the lines above.',
  },
];

export const install = (values: Parameters): Step => {
  const isBios = values.firmware === 'bios';
  return {
    ...common,
    id: 'install',
    title: isBios ? 'Install GRUB on every disk' : 'Make the EFI system partitions equal',
    intro: isBios
      ? 'Keeps copies of the first sectors and of GRUB’s files, then runs grub-install once for each disk. Partition tables stay as they are.'
      : 'Keeps copies of the partitions and of GRUB’s files. Installs GRUB where firmware looks on an unknown disk, and copies all files to the other partitions.',
    before: {
      script: sh`${sums(values)}
${nextPlace}
echo "place=$place"`,
      saves: [
        { id: 'sum-before', title: 'Boot code before', pattern: /^sum=(\d+-\d+)$/ },
        { id: 'place', title: 'Copies', pattern: /^place=(\S+)$/ },
      ],
    },
    script: sh`{ ${reading(values)}
} > /dev/null
case $states in *:old* | *:other* | *:none* | *:unread*) ;; *) echo 'Each disk has this GRUB already.'; exit ;; esac
${nextPlace}
mkdir -p -m 700 ${file(shelter)} && mkdir -m 700 "$place" && tar -C ${file(grubFolder(values))} -cf "$place/boot.tar" . || { echo stopped-at=copies; exit 1; }
${isBios ? bios(values) : uefi(values)}
sync`,
    matchers: isBios ? installing : [...installing, mountSays],
    verify: { script: reading(values), matchers: onAll(values.firmware) },
    undo: sh`place=${file(fact('place'))}
if [ -e "$place/boot.tar" ]; then
  tar -tf "$place/boot.tar" > /dev/null || { echo 'The copy of GRUB’s files cannot be read.'; exit 1; }
  ${isBios ? restoreBios : restoreUefi}
  (cd ${file(grubFolder(values))} && find . -mindepth 1 -maxdepth 1 -exec rm -rf {} +) && tar -C ${file(grubFolder(values))} -xf "$place/boot.tar" && rm -r "$place"
  rmdir ${file(shelter)} 2> /dev/null || true
else echo 'Nothing was changed yet.'; fi
sync`,
    undone: {
      script: sums(values),
      matchers: [
        {
          kind: 'equal',
          id: 'as-before',
          pattern: /^sum=(.*)$/,
          to: { fact: 'sum-before' },
          means: 'What the machine starts from is as before, byte for byte.',
          differs: 'What the machine starts from is not as before.',
          next: `Look into ${shelter}. Do not reboot before this is clear.`,
        },
      ],
    },
  };
};

export const check = (values: Parameters): Step => ({
  ...common,
  id: 'check',
  title: 'Read every disk back',
  intro: 'Empties the buffers of the disks and reads them again. Only a start with one disk alone would prove more.',
  danger: 'reads',
  minutes: 1,
  script: sh`${reading(values)}
{ grep -c -E '^[[:space:]]*(menuentry|blscfg)' ${file(`${grubFolder(values)}/grub.cfg`)} 2> /dev/null || echo 0; } | tail -n 1 | sed 's/^/menu-entries=/'`,
  saves: [{ id: 'states-after', title: 'Disks after', pattern: /^states=(\S.*\S) ?$/ }],
  matchers: [
    ...onAll(values.firmware),
    {
      kind: 'warning',
      id: 'no-menu',
      pattern: /^menu-entries=0$/,
      means: 'grub.cfg has no entry: GRUB would start, and show an empty menu.',
      next: 'Make it with "update-grub", or "grub-mkconfig -o".',
    },
  ],
});
