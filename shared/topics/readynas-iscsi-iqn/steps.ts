/** Read the file without its passwords, put the lines back, restart the targets if nobody uses them, and say what to watch. */
import { escapeRegExp, type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { withInitiators } from './ietd-conf.ts';
import type { Parameters } from './parameters.ts';
import { readConf } from './reading.ts';
import { restart } from './restart.ts';
import { parseWanted, type Wanted } from './wanted.ts';

const runsOn = 'the NAS';

const shown = ({ target, line }: Wanted) => `line: ${target} | ${line}`;
/** How many of the wanted lines are there. */
const counted = ({ file: path }: Parameters, wanted: readonly Wanted[]) => sh`wb_there=$(${readConf(path)})
printf '%s\\n' "$wb_there"
case $wb_there in *read=yes*) printf '%s\\n' "$wb_there" | sort -u | grep -c -x -F ${wanted.flatMap((one) => ['-e', shown(one)])} | sed 's/^/wanted-there=/' ;; esac`;

const noFile: Matcher = {
  kind: 'failure',
  id: 'no-file',
  pattern: /^read=no$/,
  alone: true,
  means: 'The file is not there, or may not be read.',
  next: 'ReadyNAS OS 6 has LIO instead ("targetcli"), and keeps its ACLs: then this procedure is not needed. Else correct the path.',
};
const allThere = (wanted: readonly Wanted[]): Matcher[] => [
  noFile,
  {
    kind: 'equal',
    id: 'all-there',
    pattern: /^wanted-there=(\d+)$/,
    to: { text: String(wanted.length) },
    means: 'All wanted lines are in the file.',
    differs: 'Not all wanted lines are in the file.',
    next: 'Close the box’s web pages, and run the step that puts them back again: the box may have written the file meanwhile.',
  },
];

const look = (values: Parameters, wanted: readonly Wanted[]): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Read the targets and their initiators',
  intro: 'Shows the targets and the lines that name an initiator. Lines with passwords are counted, and not shown.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: counted(values, wanted),
  saves: [
    { id: 'there-before', title: 'Wanted lines before', pattern: /^wanted-there=(\d+)$/ },
    { id: 'users', title: 'Lines with users', pattern: /^users=(\d+)$/ },
  ],
  matchers: [
    noFile,
    ...[...new Set(wanted.map(({ target }) => target))].map(
      (target, index): Matcher => ({
        kind: 'expected',
        id: `target-${index + 1}`,
        pattern: new RegExp(`^target: ${escapeRegExp(target)}$`),
        means: `The target ${target} is there.`,
        missing: `There is no target ${target}.`,
        next: 'Its name may have changed. Compare it with the lines above, correct the list, and start a new run.',
      }),
    ),
    {
      kind: 'warning',
      id: 'odd-name',
      pattern: /^(?:target|line): (?:\S+ )*iqn\.(?!\d{4}-(?:0[1-9]|1[0-2])\.[a-z0-9])/i,
      means: 'This name has no date and domain, as RFC 3720 wants it.',
      next: 'Leave it: nothing is known to break by it, and another name cuts off its initiators.',
    },
  ],
});

const putBack = (values: Parameters, wanted: readonly Wanted[]): Step => ({
  kind: 'edit',
  id: 'put-back',
  title: 'Put the lines back',
  intro: 'Adds what is missing behind the settings of its target. Close the box’s web pages first: they write this file, too.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  file: values.file,
  followLinks: true,
  anyEncoding: true,
  edit: (old) => withInitiators(old, wanted),
  verify: {
    script: counted(values, wanted),
    matchers: [
      ...allThere(wanted),
      {
        kind: 'equal',
        id: 'users',
        pattern: /^users=(\d+)$/,
        to: { fact: 'users' },
        means: 'There are as many lines with users as before.',
        differs: 'There is another number of lines with users than before.',
        next: 'Undo at once, and compare the file with the backup: without these lines initiators log in without a password, or not at all.',
      },
    ],
  },
  undone: {
    script: counted(values, wanted),
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^wanted-there=(\d+)$/,
        to: { fact: 'there-before' },
        means: 'The file has the lines that it had before.',
        differs: 'The file does not have the lines that it had before.',
        next: 'Compare it with the backup. The box may have written it meanwhile.',
      },
    ],
  },
});

/** Nothing can be put back without a list; a rehearsal can be started without one. */
const noList = ({ file: path }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Read the targets and their initiators',
  intro: 'There is no list of wanted lines, so nothing is changed.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: readConf(path),
  matchers: [
    {
      kind: 'failure',
      id: 'no-list',
      pattern: /^read=/,
      means: 'There is no list of wanted lines.',
      next: 'Start a new run with it. The check fills in what the box has now.',
    },
  ],
});

const after = (values: Parameters, wanted: readonly Wanted[]): Step => ({
  kind: 'command',
  id: 'after',
  title: 'Read the file again',
  intro: 'The box may have written it in between.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: counted(values, wanted),
  matchers: allThere(wanted),
});

const watch = ({ restart: when, service, file: path }: Parameters): Step => ({
  kind: 'manual',
  id: 'watch',
  title: 'Log in from an initiator, and check again',
  intro: 'The box removes the lines when a target is made, and at other times.',
  danger: 'reads',
  runsOn: 'an initiator',
  instructions: [
    ...(when === 'later' ? [`Unmount all volumes and log all initiators out. Then restart the targets on the box: /etc/init.d/${service} restart`] : []),
    'Log in from an initiator that is on the list. One that is not must be refused.',
    'Check again with this procedure after a day, and after each new target. The check compares the file with your list.',
    'Do not restart the targets from cron: it would cut off volumes that are mounted.',
  ],
  cards: [
    {
      title: 'From Linux',
      lines: ['iscsiadm -m discovery -t st -p NAS', 'iscsiadm -m node -T TARGET -p NAS --login'],
      note: 'Exit status 24 is “authorization failure”: the initiator’s name is not accepted.',
    },
    {
      title: 'ssh to the old box',
      lines: ['ssh -o HostKeyAlgorithms=+ssh-rsa -o KexAlgorithms=+diffie-hellman-group1-sha1 root@NAS'],
      note: `As root it needs the add-on EnableRootSSH; Netgear may refuse support then. What is changed: ${path}.`,
    },
  ],
});

export const steps = (values: Parameters): Step[] => {
  const wanted = parseWanted(values.wanted);
  if (wanted.length === 0) return [noList(values)];
  return [look(values, wanted), putBack(values, wanted), ...(values.restart === 'now' ? [restart(values, wanted)] : []), after(values, wanted), watch(values)];
};

export const remedies: readonly Remedy[] = [
  {
    id: 'log-out',
    title: 'Log the initiators out',
    explanation: 'On each of them unmount the volume, then log out ("iscsiadm -m node -u", or the initiator’s own panel). Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-nas-hand log-out`,
    afterwards: 'retry',
  },
];
