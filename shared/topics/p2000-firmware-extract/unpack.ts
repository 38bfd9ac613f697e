/** What is in the firmware file: its components, and the file system of the Management Controller. */
import { fact, file, type Script, sh } from '../../topic-kit/index.ts';
import { type Command, runsOn } from './command.ts';
import { dropLeavingLinks, guard, refusals } from './guard.ts';
import { known, mostBytes, type Parameters } from './parameters.ts';

/** Folders in the run's own folder. */
const components = ({ folder }: Parameters) => `${folder}/components`;
const system = ({ folder }: Parameters) => `${folder}/system`;
const sumsOf = (folder: string) => `${folder}.md5`;

/** Writes one checksum for each file, and says how many files and bytes each folder has. */
const summed = (folder: string): Script => sh`(cd ${file(folder)} && find . -type f -exec md5sum {} +) > ${file(sumsOf(folder))}
echo "files=$(($(wc -l < ${file(sumsOf(folder))})))"
echo "tree=$(cd ${file(folder)} && for wb_part in *; do [ -L "$wb_part" ] || [ ! -e "$wb_part" ] || printf '%s:%s:%s ' "$wb_part" "$(find "$wb_part" -type f | wc -l | tr -d ' ')" "$(find "$wb_part" -type f -exec wc -c {} + | awk '$2 != "total" { bytes += $1 } END { printf "%.0f", bytes }')"; done)"`;
const proved = (folder: string, id: string): Pick<Command, 'verify' | 'undone'> => ({
  verify: {
    script: sh`(cd ${file(folder)} && LC_ALL=C md5sum -c ../${`${id}.md5`}) | awk '/: OK$/ { whole++; next } { print } END { print "whole=" whole + 0 }'`,
    matchers: [
      {
        kind: 'equal',
        id: 'whole',
        pattern: /^whole=(\d+)$/,
        to: { fact: `${id}-files` },
        means: 'Every file was read again and has its checksum.',
        differs: 'Not every file that was unpacked could be read again as it was.',
        next: 'Check the disk and its free space ("df"), undo, and run the step again.',
      },
      {
        kind: 'harmless',
        id: 'which',
        pattern: /: FAILED|^md5sum: /,
        text: 'FILE: FAILED',
        means: 'This file has another checksum than when it was unpacked.',
      },
    ],
  },
  undone: {
    script: sh`if [ -e ${file(folder)} ]; then echo unpacked=there; else echo unpacked=gone; fi`,
    matchers: [{ kind: 'expected', id: 'gone', pattern: /^unpacked=gone$/, means: 'They are gone.', missing: 'They are still there.' }],
  },
});
const savedFiles = (id: string, title: string) => [
  { id: `${id}-files`, title: `${title}: files`, pattern: /^files=(\d+)$/ },
  { id, title, pattern: /^tree=(.*\S)/ },
];

export const unpackComponents = (values: Parameters, most = mostBytes): Command => ({
  kind: 'command',
  id: 'components',
  title: 'Unpack the components',
  intro: 'The firmware file is a tar archive. Its list is checked before anything is written.',
  danger: 'changes',
  minutes: 1,
  runsOn,
  script: sh`wb_file=${file(values.folder)}/${fact('firmware')}
wb_list=$({ LC_ALL=C tar tvf - < "$wb_file" 2>&1; echo "tar-status=$?"; } | ${guard(most)})
printf '%s\\n' "$wb_list" | grep -v '^bytes=\\|^list=\\|^firmware='
case $wb_list in *list=clean*) ;; *) exit 1 ;; esac
wb_behind=$({ LC_ALL=C tar -b 1 -tf - > /dev/null 2>&1; tr -d '\\000' | head -c 1 | wc -c; } < "$wb_file")
if [ $((wb_behind)) -gt 0 ]; then
  if [ ${fact('md5')} = ${known[0]?.md5 ?? ''} ]; then echo behind-the-end=known; else echo "refused: rubbish: $(basename "$wb_file")"; exit 1; fi
fi
mkdir -m 0700 ${file(components(values))} && LC_ALL=C tar -x -o -f - -C ${file(components(values))} < "$wb_file" || exit 1
(cd ${file(components(values))} && ${dropLeavingLinks})
${summed(components(values))}`,
  matchers: [
    ...refusals,
    {
      kind: 'harmless',
      id: 'behind',
      pattern: /^behind-the-end=known$/,
      text: 'behind-the-end=known',
      means: 'There are bytes behind the end of the archive. The file’s MD5 is known to be right.',
    },
    {
      kind: 'warning',
      id: 'left-out',
      pattern: /^left out: /,
      text: 'left out: LINK',
      means: 'A link leads out of the folder. It was not kept.',
      next: 'Nothing needs to be done.',
    },
    {
      kind: 'expected',
      id: 'files',
      pattern: /^files=[1-9]\d*$/,
      means: 'The components are unpacked.',
      missing: 'No component was unpacked.',
    },
  ],
  saves: savedFiles('components', 'Components'),
  ...proved(components(values), 'components'),
  undo: sh`rm -rf ${file(components(values))} ${file(sumsOf(components(values)))}`,
});

export const unpackSystem = (values: Parameters, most = mostBytes): Command => ({
  kind: 'command',
  id: 'system',
  title: 'Unpack the Management Controller’s files',
  intro: 'app.squashfs is the root file system of a small Linux. Devices, setuid bits and links that lead out of the folder are not wanted, and left out.',
  danger: 'changes',
  minutes: 1,
  runsOn,
  script: sh`if [ "$(id -u)" = 0 ]; then echo user=root; exit 1; fi
wb_image=$(find ${file(components(values))} -type f -name app.squashfs 2> /dev/null | head -n 1)
if [ -z "$wb_image" ]; then echo image=none; exit 1; fi
case $(head -c 4 "$wb_image" | tr -d '\\000') in
  hsqs | sqsh) ;;
  shsq | qshs | sqlz | hsqt | tqsh) echo image=patched; exit 1 ;;
  *) echo image=other; exit 1 ;;
esac
LC_ALL=C unsquashfs -s "$wb_image" | grep -i -E '^(Found|Compression|Filesystem size|Number of inodes)'
wb_list=$({ LC_ALL=C unsquashfs -ll "$wb_image" | grep -E '^[-dlbcps][-rwxsStT]+ '; echo "tar-status=0"; } | sed 's/^[bcps]/-/' | ${guard(most, 'later')})
case $wb_list in *list=clean*) ;; *) printf '%s\\n' "$wb_list" | grep '^refused'; echo image=refused; exit 1 ;; esac
LC_ALL=C unsquashfs -no-progress -no-xattrs -ignore-errors -no-exit-code -processors 1 -data-queue 16 -frag-queue 16 -d ${file(system(values))} "$wb_image" 2>&1 |
  grep -v -e 'not superuser' -e "you're not superuser" -e '^$'
(cd ${file(system(values))} && ${dropLeavingLinks})
${summed(system(values))}`,
  matchers: [
    ...refusals.filter(({ id }) => ['absolute', 'traversal', 'bomb', 'kind'].includes(id)),
    {
      kind: 'failure',
      id: 'root',
      pattern: /^user=root$/,
      means: 'As root, device nodes and setuid programs of the array would be made here. Nothing was unpacked.',
      next: 'Start a new run as an ordinary user.',
    },
    {
      kind: 'failure',
      id: 'no-image',
      pattern: /^image=none$/,
      means: 'The components have no app.squashfs.',
      next: 'The firmware is of another kind. Start a new run that unpacks the components only, or skip this step.',
    },
    {
      kind: 'failure',
      id: 'patched',
      pattern: /^image=patched$/,
      means: 'It is a squashfs that its vendor has changed. The usual unsquashfs cannot read it.',
      next: 'Use sasquatch, which Debian does not have, or skip this step.',
    },
    {
      kind: 'failure',
      id: 'no-squashfs',
      pattern: /^image=other$/,
      means: 'app.squashfs does not begin as a squashfs.',
      next: 'Run "file" on it, or skip this step.',
    },
    {
      kind: 'failure',
      id: 'image-refused',
      pattern: /^image=refused$/,
      unless: /^refused: /,
      means: 'Its list is empty or broken. Nothing was unpacked.',
      next: 'Read what unsquashfs says. The file may be cut off: take it out again.',
    },
    {
      kind: 'failure',
      id: 'broken',
      pattern: /^FATAL ERROR/,
      text: 'FATAL ERROR: …',
      means: 'unsquashfs cannot read the image: it is damaged or cut off.',
      next: 'Undo, download the updater again, and start a new run.',
    },
    {
      kind: 'failure',
      id: 'no-tool',
      pattern: /unsquashfs: (?:command )?not found$/,
      text: 'unsquashfs: not found',
      alone: true,
      means: 'unsquashfs is missing.',
      next: 'Install squashfs-tools. Debian’s reads LZMA and XZ: the source’s own build of it is not needed any more.',
      remedies: ['install'],
    },
    {
      kind: 'harmless',
      id: 'left-out',
      pattern: /^left out: /,
      text: 'left out: LINK',
      means: 'An absolute link would lead to this machine’s own files. It was not kept.',
    },
    { kind: 'expected', id: 'files', pattern: /^files=[1-9]\d*$/, means: 'The files are unpacked.', missing: 'No file was unpacked.' },
  ],
  saves: savedFiles('system', 'Management Controller'),
  ...proved(system(values), 'system'),
  undo: sh`chmod -R u+rwX ${file(system(values))}; rm -rf ${file(system(values))} ${file(sumsOf(system(values)))}`,
});
