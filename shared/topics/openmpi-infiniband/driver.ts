/** The driver's memory table: checked, set, and put into the initramfs, from which the driver may be loaded. */
import { anywhere, fact, file, type Matcher, type Step, setLine, sh } from '../../topic-kit/index.ts';
import { withTable } from './mtt.ts';
import type { Parameters } from './parameters.ts';
import { configured, driver, enough, inImage, optionsPath, setImage } from './reading.ts';

const common = { runsOn: 'the node', needsRoot: true } as const;
const notNeeded: Matcher[] = [
  {
    kind: 'failure',
    id: 'not-needed',
    pattern: /^knows=0$/,
    given: /^driver=mlx4$/,
    alone: true,
    means: 'This mlx4_core has no log_num_mtt: it sizes the table by the memory. A kernel of CentOS 6’s age would not load it with the option.',
    next: 'Start a new run with the table left alone. If Open MPI still warns, it calculates with the old formula: use a newer Open MPI.',
  },
  {
    kind: 'failure',
    id: 'mlx5',
    pattern: /^driver=mlx5$/,
    alone: true,
    means: 'The card is a ConnectX-4 or newer (mlx5). It has no such limit.',
    next: 'Start a new run with the table left alone.',
  },
  {
    kind: 'failure',
    id: 'no-driver',
    pattern: /^driver=none$/,
    alone: true,
    means: 'No mlx4 driver is loaded.',
    next: 'If there is a card, run "modprobe mlx4_core" and read "dmesg": an option that the driver does not know may keep it from loading.',
  },
];
const read = (name: string, title: string): Matcher => ({
  kind: 'expected',
  id: name,
  pattern: new RegExp(`^${name.replaceAll('.', '\\.')}=\\d+$`),
  means: `${title} is known.`,
  missing: `${title} could not be read.`,
  next: 'Read the lines above. Without it nothing can be calculated.',
});

export const look = ({ table }: Parameters): Step => ({
  ...common,
  kind: 'command',
  id: 'look',
  title: 'Check memory, driver and limits',
  intro: 'Shows the memory, the page size, what the driver has loaded with, and whether it knows the option.',
  danger: 'reads',
  script: sh`${driver}
${configured}
ls ${file('/lib/modules')} | grep -c . | sed 's/^/kernels=/'
cat ${file('/etc/security/limits.conf')} ${file('/etc/security/limits.d')}/*.conf 2> /dev/null | grep -c '^[^#]*memlock' | sed 's/^/memlock-lines=/'`,
  saves: [
    { id: 'memory', title: 'Memory (MiB)', pattern: /^memory=(\d+)$/ },
    { id: 'page', title: 'Page size (bytes)', pattern: /^page=(\d+)$/ },
    { id: 'per-segment', title: 'log_mtts_per_seg', pattern: /^running\.log_mtts_per_seg=(\d+)$/ },
    { id: 'configured-before', title: 'log_num_mtt before', pattern: /^configured\.log_num_mtt=(\d+|none)$/ },
  ],
  matchers: [
    ...(table === 'set'
      ? [
          ...notNeeded,
          {
            kind: 'expected' as const,
            id: 'knows',
            pattern: /^knows=[1-9]/,
            means: 'The driver on disk knows log_num_mtt.',
            missing: 'modinfo does not say whether the driver knows log_num_mtt.',
            next: 'Check "modinfo -p mlx4_core". Without an answer the option must not be set.',
          },
          read('running.log_mtts_per_seg', 'log_mtts_per_seg'),
        ]
      : []),
    read('memory', 'The memory'),
    read('page', 'The page size'),
    {
      kind: 'warning',
      id: 'kernels',
      pattern: /^kernels=(?:[2-9]|\d\d)/,
      means: 'There are several kernels. The initramfs is made for the one that runs now.',
      next: 'If another one boots next, boot it first, and run this there.',
    },
    {
      kind: 'warning',
      id: 'memlock',
      pattern: /^memlock-lines=0$/,
      means: 'No file sets memlock. InfiniBand needs it unlimited, for users and for the daemon that starts jobs.',
      next: 'The last card says how. It shows as "RLIMIT_MEMLOCK" or "error registering openib memory".',
    },
  ],
});

export const optionsStep: Step = {
  ...common,
  kind: 'edit',
  id: 'options',
  title: 'Set log_num_mtt',
  intro: 'So that twice the memory can be registered, calculated from this node’s memory and page size. A larger value that is there stays.',
  danger: 'changes',
  file: optionsPath,
  create: { mode: '0644', folder: true },
  edit: withTable,
  verify: {
    script: enough('configured'),
    matchers: [
      {
        kind: 'expected',
        id: 'twice',
        pattern: /^twice-the-memory=yes$/,
        means: 'With what modprobe would load, twice the memory can be registered.',
        missing: 'With what modprobe would load, less than twice the memory can be registered.',
        next: 'Another file in modprobe.d sets it too, and the last one counts: "modprobe -c | grep mlx4_core". Remove the option there.',
        remedies: ['other-file'],
      },
    ],
  },
  undone: {
    script: configured,
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^configured\.log_num_mtt=(.*)$/,
        to: { fact: 'configured-before' },
        means: 'modprobe has the value that it had before.',
        differs: 'modprobe does not have the value that it had before.',
        next: 'Compare the files in /etc/modprobe.d with their backups.',
      },
    ],
  },
};

/** dracut puts files of modprobe.d into images for this host only. */
export const dracutStep: Step = {
  ...common,
  kind: 'edit',
  id: 'dracut-conf',
  title: 'Let dracut take the option',
  intro: 'dracut puts files of modprobe.d only into images that are made for one host. This names the file for all images.',
  danger: 'changes',
  file: '/etc/dracut.conf.d/mlx4-options.conf',
  create: { mode: '0644', folder: true },
  edit: (old) => setLine(old, /^install_items\+=/, `install_items+=" ${optionsPath} "`),
  verify: {
    script: sh`grep -c ${anywhere(optionsPath)} ${file('/etc/dracut.conf.d/mlx4-options.conf')}`,
    looksOnlyAt: 'whether the file names the option’s file; the next step looks into the image',
    matchers: [{ kind: 'expected', id: 'named', pattern: /^[1-9]/, means: 'The file is named.', missing: 'The file is not named.' }],
  },
};

export function imageStep({ initramfs }: Parameters): Step {
  const kept = '/var/lib/wrenchbook/initramfs';
  const place = sh`number=1; while [ -e ${file(kept)}/$(uname -r).$number ]; do number=$((number + 1)); done; place=${file(kept)}/$(uname -r).$number`;
  const sum = sh`${setImage(initramfs)}
if [ -f "$image" ]; then printf 'image.sum=%s\\n' "$(cksum < "$image" | tr ' ' -)"; else echo image.sum=none; fi`;
  return {
    ...common,
    kind: 'command',
    id: 'initramfs',
    title: 'Make the initramfs again',
    intro: 'Keeps a copy of the image first, and puts it back if the new one cannot be made. Undo puts it back, too.',
    danger: 'changes',
    minutes: 2,
    before: {
      script: sh`${sum}
${place}
echo "place=$place"`,
      saves: [
        { id: 'image-sum', title: 'Old image', pattern: /^image\.sum=(\d+-\d+)$/ },
        { id: 'image-place', title: 'Its copy', pattern: /^place=(\S+)$/ },
      ],
      matchers: [
        {
          kind: 'failure',
          id: 'no-image',
          pattern: /^image\.sum=none$/,
          means: 'The running kernel has no image under the usual name in /boot.',
          next: 'Look into /boot. Make the image by hand as this system does, and continue without this step.',
        },
      ],
    },
    script: sh`state=$(${inImage(initramfs)})
case $state in *image.options=same* | *image.options=not-needed*) echo 'There is nothing to do for this image.'; exit ;; esac
${setImage(initramfs)}
${place}
mkdir -p -m 700 ${file(kept)}
cp -p "$image" "$place.new" && mv "$place.new" "$place" || { rm -f "$place.new"; rmdir ${file(kept)} 2> /dev/null; echo copy=no; exit 1; }
${initramfs === 'dracut' ? sh`dracut -f "$image" "$(uname -r)"` : sh`update-initramfs -u -k "$(uname -r)"`} && [ -s "$image" ] ||
  { echo built=no; cp -p "$place" "$image" && rm -f "$place"; rmdir ${file(kept)} 2> /dev/null; exit 1; }`,
    matchers: [
      {
        kind: 'failure',
        id: 'no-copy',
        pattern: /^copy=no$/,
        means: 'The old image could not be copied. Nothing was changed.',
        next: 'Make room in /var, and run the step again.',
      },
      {
        kind: 'failure',
        id: 'not-built',
        pattern: /^built=no$/,
        means: 'The new image could not be made. The old one is in its place again.',
        next: 'Read the lines above it. Often /boot is full: remove an old kernel, and run the step again.',
        remedies: ['room'],
      },
      { kind: 'harmless', id: 'no-space', pattern: /No space left on device/, text: 'No space left on device', means: 'A disk is full.' },
      {
        kind: 'harmless',
        id: 'gave-up',
        pattern: /^(?:update-initramfs: failed for |E: (?:mkinitramfs failure|dracut: creation of ))/,
        text: 'update-initramfs: failed for …',
        means: 'The image was not made. What is said before it is why.',
      },
      {
        kind: 'harmless',
        id: 'dracut-notes',
        pattern: /^dracut(?:\[\w\])?: .*(?:will not be installed|could not be found|cannot be found)/,
        text: "dracut module '…' will not be installed, because command '…' could not be found!",
        means: 'dracut leaves out what this system does not have.',
      },
    ],
    statusTells: true,
    verify: {
      script: inImage(initramfs),
      matchers: [
        {
          kind: 'expected',
          id: 'in-image',
          pattern: /^image\.options=(?:same|not-needed)$/,
          means: 'The driver has the option from the image, or is not in it and has it from the system.',
          missing: 'The driver is in the image, and the option is not.',
          next: 'Read "man dracut.conf" of this version for how a file is put into the image.',
        },
      ],
    },
    undo: sh`${setImage(initramfs)}
place=${file(fact('image-place'))}
if [ -e "$place" ]; then cp -p "$place" "$image.new" && mv "$image.new" "$image" && rm -f "$place"; rmdir ${file(kept)} 2> /dev/null || true; else echo 'The image was not made again.'; fi`,
    undone: {
      script: sum,
      matchers: [
        {
          kind: 'equal',
          id: 'image-back',
          pattern: /^image\.sum=(.*)$/,
          to: { fact: 'image-sum' },
          means: 'The old image is in its place, byte for byte.',
          differs: 'It is not the old image.',
          next: `Look into ${kept}.`,
        },
      ],
    },
  };
}
