/** The share, made and as Samba itself understands it. */
import { file, type Matcher, type Script, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { editSmbConf } from './smb-conf.ts';

export const server = 'boot server';

/** What holds for the share, also where another file or an earlier line says so: `name=value`, one a line. Blanks in names become `-`. */
export const showShare = ({ smbConf, share }: Parameters): Script =>
  sh`for name in path 'read only' 'guest ok' 'map to guest'; do
  case $name in map*) where=global ;; *) where=${share} ;; esac
  printf '%s=' "$(echo "$name" | tr ' ' -)"
  testparm -s --section-name="$where" --parameter-name="$name" ${file(smbConf)} 2> /dev/null || echo
done`;

const notRunning: Matcher = {
  kind: 'failure',
  id: 'not-running',
  pattern: /(Can't find pid|No replies received|Connection refused|Failed to connect|not running|NT_STATUS_(CONNECTION_REFUSED|OBJECT_NAME_NOT_FOUND))/i,
  means: 'Samba does not run.',
  next: 'Start it (Debian: systemctl start smbd), then run the step again.',
  remedies: ['start-samba'],
};
/** One that does not run has nothing to forget: it reads its configuration when it starts. */
const readBack = sh`! smbcontrol smbd ping > /dev/null 2>&1 || smbcontrol smbd reload-config`;
const readAnew = sh`smbcontrol smbd reload-config && smbcontrol smbd ping`;
const answers: Matcher = {
  kind: 'expected',
  id: 'answers',
  pattern: /^PONG from pid \d+/,
  means: 'Samba runs, and has read its configuration.',
  missing: 'Samba gave no answer.',
  next: 'Look whether smbd runs, and run the step again.',
};

export const sambaRuns = (): Step => ({
  kind: 'command',
  id: 'samba-runs',
  title: 'See that Samba runs',
  intro:
    'Has it read its configuration as it stands. What somebody changed earlier without a word to Samba shows now, not later. When the run is taken back, it reads it again.',
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  script: readAnew,
  matchers: [notRunning, answers],
  undo: readBack,
});

export const shareStep = (values: Parameters): Step => ({
  kind: 'edit',
  id: 'share',
  title: 'Share the TFTP root, for reading',
  intro: `Adds the share ${values.share}, which everybody can read, and takes users that Samba does not know for guests. Shares that are there stay as they are.`,
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  followLinks: true,
  file: values.smbConf,
  edit: (old) => editSmbConf(old, { name: values.share, path: values.root }),
  verify: {
    script: sh`testparm -s ${file(values.smbConf)} > /dev/null
${showShare(values)}`,
    matchers: [
      {
        kind: 'failure',
        id: 'unknown-parameter',
        pattern: /(Unknown parameter encountered|Ignoring badly formed line|Error loading services)/i,
        means: 'Samba does not understand a line of its configuration, and leaves it out.',
        next: 'Take the step back, put that line right, and run it again.',
      },
      {
        kind: 'expected',
        id: 'path',
        pattern: new RegExp(`^path=${values.root.replace(/[.+]/g, '\\$&')}$`),
        means: 'The share is the TFTP root.',
        missing: 'Samba’s share is another folder, or is not there.',
        next: 'Look for an "include" that says otherwise.',
      },
      {
        kind: 'expected',
        id: 'read-only',
        pattern: /^read-only=Yes$/i,
        means: 'Nobody can write to it.',
        missing: 'The share can be written to.',
        next: 'Look for an "include" that says otherwise. Take the step back until then.',
      },
      { kind: 'expected', id: 'guest-ok', pattern: /^guest-ok=Yes$/i, means: 'Guests can read it.', missing: 'Guests can’t read it.' },
      {
        kind: 'expected',
        id: 'unknown-is-guest',
        pattern: /^map-to-guest=Bad (User|Password)$/i,
        means: 'Users that Samba does not know are guests.',
        missing: 'Users that Samba does not know are sent away.',
      },
    ],
  },
});

export const sambaReads = (): Step => ({
  kind: 'command',
  id: 'samba-reads',
  title: 'Have Samba read it',
  intro: 'Samba takes the new share in without a restart. Connections that stand go on.',
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  script: readAnew,
  matchers: [notRunning, answers],
  undo: readBack,
});
