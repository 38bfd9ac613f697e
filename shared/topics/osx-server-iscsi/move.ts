/** The steps that move the data: stop, copy, prove, switch, start. The old copy stays. */
import { fact, file, type Matcher, type Script, type Step, sh } from '../../topic-kit/index.ts';
import { markerOf, mountPoint, type Parameters, serviceOf } from './parameters.ts';
import { defineSum, serverTools, showMarker, showService } from './reading.ts';

const common = { runsOn: 'the server', danger: 'changes', needsRoot: true } as const;
const state = (id: string, is: 'RUNNING' | 'STOPPED', next: string): Matcher => ({
  kind: 'expected',
  id,
  pattern: is === 'RUNNING' ? /^state=RUNNING$/ : /^state=STOPPED$/,
  means: is === 'RUNNING' ? 'The service runs.' : 'The service is stopped.',
  missing: is === 'RUNNING' ? 'The service does not run.' : 'The service is not stopped.',
  next,
});
const control = (values: Parameters, what: 'start' | 'stop'): Script => sh`${serverTools}
serveradmin ${what} ${serviceOf(values)}`;

export const stop = (values: Parameters): Step => ({
  ...common,
  kind: 'command',
  id: 'stop',
  title: 'Stop the service',
  intro: 'Nobody may write while it is copied. From here to its start, the service is away for its users.',
  script: control(values, 'stop'),
  matchers: [],
  verify: { script: showService(values), matchers: [state('stopped', 'STOPPED', 'Read what serveradmin says.')] },
  undo: control(values, 'start'),
  undone: { script: showService(values), matchers: [state('running', 'RUNNING', 'Start it by hand, and read its log.')] },
});

/** Sets `$to`: the folder on the volume, of the same name as the old one. */
const target = (values: Parameters): Script => sh`old=${file(fact('old'))}
to=${file(mountPoint(values))}/\${old##*/}`;

export const copy = (values: Parameters): Step => ({
  ...common,
  kind: 'command',
  id: 'copy',
  title: 'Copy the data, and compare it',
  intro: 'ditto keeps owners, access lists and resource forks. Both sides are read to their end and compared with what was there before. Nothing is deleted.',
  minutes: 30,
  long: true,
  before: {
    script: sh`${defineSum}
printf 'sum=%s\\n' "$(wb_sum ${file(fact('old'))})"`,
    saves: [{ id: 'sum', title: 'Checksum before', pattern: /^sum=(\d+\/[0-9a-f]{40})$/ }],
  },
  script: sh`${target(values)}
ditto "$old" "$to" && : >${file(markerOf(values))}`,
  matchers: [
    { kind: 'failure', id: 'full', pattern: /No space left on device/, means: 'The volume is full.', next: 'Undo the run, and make the disk larger.' },
    { kind: 'failure', id: 'ditto', pattern: /^ditto: /, means: 'ditto could not copy all.', next: 'Read what it says above. Undo the run.' },
  ],
  verify: {
    script: sh`${target(values)}
${defineSum}
printf 'old-sum=%s\\nnew-sum=%s\\n' "$(wb_sum "$old")" "$(wb_sum "$to")"
${showMarker(values)}`,
    matchers: [
      {
        kind: 'equal',
        id: 'old-same',
        pattern: /^old-sum=(.*)$/,
        to: { fact: 'sum' },
        means: 'Nothing has written to the old folder meanwhile.',
        differs: 'The old folder has changed while it was copied.',
        next: 'Find what writes there. Undo the run.',
      },
      {
        kind: 'equal',
        id: 'copy-same',
        pattern: /^new-sum=(.*)$/,
        to: { fact: 'sum' },
        means: 'The copy is the same: content, names, modes and owners.',
        differs: 'The copy is not the same as the original.',
        next: 'Do not go further. Undo the run: it removes the copy only.',
      },
      {
        kind: 'expected',
        id: 'marker',
        pattern: /^marker=there$/,
        means: 'The marker is on the volume.',
        missing: 'The marker is not on the volume.',
        next: 'Run the step again.',
      },
    ],
  },
  undo: sh`${target(values)}
if [ -n "\${old##*/}" ] && [ -d "$old" ]; then rm -rf "$to"; fi
rm -f ${file(markerOf(values))}`,
  undone: {
    script: sh`${target(values)}
${defineSum}
printf 'old-sum=%s\\n' "$(wb_sum "$old")"
if [ -e "$to" ]; then echo copy=there; else echo copy=gone; fi`,
    matchers: [
      {
        kind: 'equal',
        id: 'old-same',
        pattern: /^old-sum=(.*)$/,
        to: { fact: 'sum' },
        means: 'The original is as it was.',
        differs: 'The original is not as it was.',
        next: 'Keep both, and compare them.',
      },
      {
        kind: 'expected',
        id: 'gone',
        pattern: /^copy=gone$/,
        means: 'The copy is removed.',
        missing: 'The copy is still there.',
        next: 'Remove it from the volume by hand.',
      },
    ],
  },
});

export const change = (values: Parameters): Step => ({
  ...common,
  kind: 'command',
  id: 'switch',
  title: 'Let the service use the volume',
  intro: 'Its setting gets the new path. No symbolic link: services that are sandboxed refuse them.',
  script: sh`${serverTools}
${target(values)}
serveradmin settings ${values.setting} = "$to"`,
  matchers: [],
  verify: {
    looksOnlyAt: 'the setting: the service reads it when it starts',
    script: showService(values),
    matchers: [
      {
        kind: 'expected',
        id: 'place',
        pattern: /^place=volume$/,
        means: 'The setting names the volume.',
        missing: 'The setting does not name the volume. serveradmin ends with status 0 even then.',
        next: 'Read what it says above.',
      },
    ],
  },
  undo: sh`${serverTools}
serveradmin settings ${values.setting} = ${file(fact('old'))}`,
  undone: {
    script: showService(values),
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^path=(.*)$/,
        to: { fact: 'old' },
        means: 'The setting is as before.',
        differs: 'The setting is not as before.',
        next: 'Set it by hand.',
      },
    ],
  },
});

export const start = (values: Parameters): Step => ({
  ...common,
  kind: 'command',
  id: 'start',
  title: 'Start the service',
  intro: 'It has to run, with the data on the volume.',
  script: control(values, 'start'),
  matchers: [],
  verify: {
    script: sh`${showService(values)}
${showMarker(values)}`,
    matchers: [
      state('running', 'RUNNING', 'Read its log. Undo the run: the old data is where it was.'),
      {
        kind: 'expected',
        id: 'place',
        pattern: /^place=volume$/,
        means: 'Its data is on the volume.',
        missing: 'Its data is not on the volume.',
        next: 'Undo the run.',
      },
      {
        kind: 'expected',
        id: 'marker',
        pattern: /^marker=there$/,
        means: 'The volume is mounted.',
        missing: 'The volume is not mounted: the service writes below its mount point.',
        next: 'Stop the service at once, connect the disk, and compare both.',
      },
    ],
  },
  undo: control(values, 'stop'),
  undone: { script: showService(values), matchers: [state('stopped', 'STOPPED', 'Stop it by hand.')] },
});
