/** The firmware file: taken out of the updater, and compared with what is known. */

import { fact, file, type Matcher, sh } from '../../topic-kit/index.ts';
import { type Command, runsOn } from './command.ts';
import { guard, refusals } from './guard.ts';
import { known, mostBytes, type Parameters } from './parameters.ts';

/** The updater's archive, unpacked to a stream. */
const open = ({ updater }: Parameters) => sh`wb_open() { tail -c +$((${fact('payload')} + 1)) ${file(updater)} | LC_ALL=C gzip -dc; }`;
const firmwareFile = ({ folder }: Parameters) => sh`${file(folder)}/"$(basename ${fact('firmware')})"`;

export const takeOut = (values: Parameters, most = mostBytes): Command => ({
  kind: 'command',
  id: 'take-out',
  title: 'Take the firmware file out',
  intro: 'Lists the archive first, and writes one file of it into the new folder. Everything else stays packed.',
  danger: 'changes',
  minutes: 2,
  runsOn,
  script: sh`${open(values)}
wb_new=${file(values.folder)}
wb_size() { echo "unpacked=$(($(wc -c < "$1")))"; }
if [ -e "$wb_new" ] || [ -L "$wb_new" ]; then echo folder=exists; exit 1; fi
if [ ${fact('kind')} = bin ]; then
  wb_name=$(basename ${file(values.updater)})
  mkdir -m 0700 "$wb_new" && cat ${file(values.updater)} > "$wb_new/$wb_name" && wb_size "$wb_new/$wb_name"
else
  wb_list=$({ { wb_open; echo "gzip-status=$?" >&3; } | head -c $((${most} + 1)) | { LC_ALL=C tar tvf - 2>&1; echo "tar-status=$?"; cat > /dev/null; } | ${guard(most)}; } 3>&1)
  printf '%s\\n' "$wb_list" | grep -v '^bytes=\\|^list=\\|^gzip-status='
  case $wb_list in *gzip-status=141*) echo "refused: bomb: more than ${most} bytes" ;; esac
  case $wb_list in *gzip-status=0*list=clean* | *list=clean*gzip-status=0*) ;; *) exit 1 ;; esac
  wb_member=$(printf '%s\\n' "$wb_list" | sed -n 's/^firmware=//p')
  case $wb_member in '' | -* | *[!A-Za-z0-9._/-]*) echo firmware-file=none; exit 1 ;; esac
  wb_name=$(basename "$wb_member")
  mkdir -m 0700 "$wb_new" && wb_open 2> /dev/null | LC_ALL=C tar xOf - "$wb_member" > "$wb_new/$wb_name" && wb_size "$wb_new/$wb_name"
fi
echo "firmware=$wb_name"
echo "member=\${wb_member:-$wb_name}"
echo "md5=$(md5sum < "$wb_new/$wb_name" | cut -d ' ' -f 1)"
echo "sha256=$(sha256sum < "$wb_new/$wb_name" | cut -d ' ' -f 1)"`,
  saves: [
    { id: 'firmware', title: 'Firmware file', pattern: /^firmware=([A-Za-z0-9._-]+)$/ },
    { id: 'member', title: 'Member', pattern: /^member=([A-Za-z0-9._/-]+)$/ },
    { id: 'bytes', title: 'Size of the firmware file', pattern: /^unpacked=(\d+)$/ },
    { id: 'md5', title: 'MD5', pattern: /^md5=([0-9a-f]{32})$/ },
    { id: 'sha256', title: 'SHA-256', pattern: /^sha256=([0-9a-f]{64})$/ },
  ],
  matchers: [
    ...refusals,
    {
      kind: 'failure',
      id: 'no-firmware',
      pattern: /^firmware-file=none$/,
      means: 'There is not exactly one TS….bin in it. Nothing was written.',
      next: 'Read the list above. It may be the updater of another product.',
    },
    {
      kind: 'failure',
      id: 'folder-exists',
      pattern: /^folder=exists$/,
      means: 'The folder exists. Nothing was written.',
      next: 'Start a new run with the name of a folder that does not exist.',
    },
    {
      kind: 'expected',
      id: 'md5',
      pattern: /^md5=[0-9a-f]{32}$/,
      means: 'The firmware file is taken out.',
      missing: 'The firmware file was not taken out.',
    },
  ],
  // Unpacked a second time, and compared byte by byte with what is on the disk.
  verify: {
    script: sh`${open(values)}
wb_file=${firmwareFile(values)}
if [ ${fact('kind')} = bin ]; then cat ${file(values.updater)}; else wb_open 2> /dev/null | LC_ALL=C tar xOf - ${fact('member')}; fi | cmp - "$wb_file" && echo "same bytes: $(basename "$wb_file")"`,
    matchers: [
      {
        kind: 'expected',
        id: 'same',
        pattern: /^same bytes: \S+$/,
        means: 'The file on the disk has the bytes of the archive.',
        missing: 'The file on the disk differs from the archive.',
        next: 'Check the free space ("df"), undo, and run the step again.',
      },
    ],
  },
  undo: sh`rm -f ${firmwareFile(values)}; rmdir ${file(values.folder)}`,
  undone: {
    script: sh`if [ -e ${file(values.folder)} ]; then echo folder=there; else echo folder=gone; fi`,
    matchers: [
      {
        kind: 'expected',
        id: 'gone',
        pattern: /^folder=gone$/,
        means: 'The folder is gone.',
        missing: 'The folder is still there: it has other files in it.',
        next: 'Move your own files away, then remove the folder.',
      },
    ],
  },
});

/** Equal bytes show that two downloads are the same. They say nothing of where both came from. */
export const compare = (values: Parameters): Command => ({
  kind: 'command',
  id: 'compare',
  title: 'Compare the firmware file',
  intro: 'With the files that are known to be whole, and with your second file. Equal MD5 means equal bytes, and is no proof of origin.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  script: sh`wb_known=${known.map(({ name, md5 }) => `${name}=${md5}`).join(' ')}
case " $wb_known " in
  *" "${fact('firmware')}=${fact('md5')}" "*) echo known=same ;;
  *" "${fact('firmware')}=*) echo known=differs ;;
  *) echo known=none ;;
esac
${
  values.second === ''
    ? sh`echo second=none`
    : sh`if [ ! -r ${file(values.second)} ]; then echo second=unread
elif [ "$(head -c 2 ${file(values.second)} | tr -d '\\000')" = '#!' ]; then echo second=updater
else
  echo "second-md5=$(md5sum < ${file(values.second)} | cut -d ' ' -f 1)"
  if cmp ${file(values.second)} ${firmwareFile(values)}; then echo second=same; else echo second=differs; fi
fi`
}`,
  matchers: [
    {
      kind: 'harmless',
      id: 'known-same',
      pattern: /^known=same$/,
      text: 'known=same',
      means: 'Its MD5 is the one that HP’s and Dot Hill’s file of this name have.',
    },
    { kind: 'harmless', id: 'known-none', pattern: /^known=none$/, text: 'known=none', means: 'No MD5 of this file is known here: only of TS250R023.bin.' },
    {
      kind: 'warning',
      id: 'known-differs',
      pattern: /^known=differs$/,
      text: 'known=differs',
      means: 'A file of this name has another MD5 at HP and Dot Hill.',
      next: 'Download it again before you use it. If it stays so, do not upload it.',
    },
    { kind: 'harmless', id: 'second-none', pattern: /^second=none$/, text: 'second=none', means: 'There is no second file.' },
    {
      kind: 'harmless',
      id: 'second-same',
      pattern: /^second=same$/,
      text: 'second=same',
      means: 'The second file has the same bytes: the two are interchangeable.',
    },
    {
      kind: 'failure',
      id: 'second-differs',
      pattern: /^second=differs$/,
      means: 'The second file has other bytes.',
      next: 'Compare the versions in their names. Files of one version must be equal: download both again. To unpack anyway, skip this step.',
    },
    {
      kind: 'failure',
      id: 'second-unread',
      pattern: /^second=unread$/,
      means: 'The second file is not there, or may not be read.',
      next: 'Correct its path in a new run, or skip this step.',
    },
    {
      kind: 'failure',
      id: 'second-updater',
      pattern: /^second=updater$/,
      means: 'The second file is an updater, not a firmware file.',
      next: 'Take its TS….bin out in a run of its own, then compare the two.',
    },
    { kind: 'harmless', id: 'where', pattern: /differ: |^cmp: EOF on /, text: 'differ: byte …', means: 'Where the two files begin to differ.' },
    ...([{ kind: 'expected', id: 'compared', pattern: /^known=\w+$/, means: 'It was compared.', missing: 'It was not compared.' }] satisfies Matcher[]),
  ],
});
