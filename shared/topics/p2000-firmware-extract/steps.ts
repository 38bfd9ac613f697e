/** Look at the updater, take the firmware file out, compare it, and unpack what is in it. */
import { file, type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { type Command, runsOn } from './command.ts';
import type { Parameters } from './parameters.ts';
import { findPayload, otherKinds } from './payload.ts';
import { compare, takeOut } from './take-out.ts';
import { unpackComponents, unpackSystem } from './unpack.ts';

const look = ({ updater, folder }: Parameters): Command => ({
  kind: 'command',
  id: 'look',
  title: 'Find the archive in the updater',
  intro: 'Reads the script in front of the archive as text, and never runs it: as root it would flash the array.',
  danger: 'reads',
  minutes: 1,
  runsOn,
  script: sh`${findPayload(updater)}
[ ! -r "$wb_file" ] || echo "updater-md5=$(md5sum < "$wb_file" | cut -d ' ' -f 1)"
wb_free=$(df -Pk "$(dirname ${file(folder)})" 2> /dev/null | awk 'NR == 2 { print $4 }')
if [ -z "$wb_free" ]; then echo parent=missing
elif [ "$wb_free" -lt $(($(wc -c < "$wb_file" 2> /dev/null || echo 0) / 256)) ]; then echo "space=$wb_free"; fi`,
  saves: [
    { id: 'kind', title: 'Kind of file', pattern: /^kind=(scexe|targz|bin)$/ },
    { id: 'payload', title: 'Where the archive begins', pattern: /^payload=(\d+)$/ },
    { id: 'size', title: 'Size of the updater', pattern: /^size=(\d+)$/ },
  ],
  matchers: [
    {
      kind: 'expected',
      id: 'payload',
      pattern: /^payload=\d+$/,
      means: 'The archive begins at this byte, counted from 0.',
      missing: 'No archive was found.',
    },
    ...Object.entries(otherKinds).map(
      ([id, words]): Matcher => ({ kind: 'failure', id, pattern: new RegExp(`^kind=${id}$`), ...words, ...(id === 'html' && { remedies: ['download'] }) }),
    ),
    {
      kind: 'warning',
      id: 'script-differs',
      pattern: /^script-says=\d+$/,
      text: 'script-says=…',
      means: 'The script names another place than the one where the archive was found.',
      next: 'Continue: the place that was found does begin an archive. If a later step fails, download the file again.',
    },
    {
      kind: 'failure',
      id: 'no-parent',
      pattern: /^parent=missing$/,
      means: 'The folder in which the new one is to be made is not there.',
      next: 'Make it, or start a new run with another folder.',
    },
    {
      kind: 'failure',
      id: 'no-space',
      pattern: /^space=\d+$/,
      text: 'space=…',
      means: 'There is too little free space: about four times the updater’s size is needed.',
      next: 'Start a new run with a folder on a larger disk.',
    },
  ],
});

export const steps = (values: Parameters): Step[] => [
  look(values),
  takeOut(values),
  compare(values),
  ...(values.depth === 'firmware' ? [] : [unpackComponents(values)]),
  ...(values.depth === 'system' ? [unpackSystem(values)] : []),
];

export const remedies: readonly Remedy[] = [
  {
    id: 'download',
    title: 'Download the updater again',
    explanation: 'Log in at the vendor’s site, save the file under the same path, and compare its size with the page. Then the run looks at it again.',
    danger: 'changes',
    lab: sh`lab-download`,
    afterwards: { again: 'look' },
  },
  {
    id: 'install',
    title: 'Install squashfs-tools',
    explanation: 'As root: apt-get install squashfs-tools, or dnf install squashfs-tools. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-download tool`,
    afterwards: 'retry',
  },
];
