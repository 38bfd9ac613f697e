/** The share, made and as Samba itself understands it. */
import { escapeRegExp, file, type Matcher, type Script, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { editSmbConf } from './smb-conf.ts';

export const server = 'boot server';

/** What holds for the share, also where another file or an earlier line says so: `name=value`, one a line. Blanks in names become `-`. */
export const showShare = ({ smbConf, share }: Parameters): Script =>
  sh`for name in path 'read only' 'guest ok' 'map to guest' available 'write list' 'admin users' 'valid users' 'invalid users' 'hosts allow' 'hosts deny'; do
  case $name in map*) where=global ;; *) where=${share} ;; esac
  printf '%s=' "$(echo "$name" | tr ' ' -)"
  testparm -s --section-name="$where" --parameter-name="$name" ${file(smbConf)} 2> /dev/null || echo
done`;

/** Other shares that guests get into, where unknown users are guests; also those of included files. */
const showOthers = ({ smbConf, share }: Parameters): Script =>
  sh`if testparm -s --section-name=global --parameter-name='map to guest' ${file(smbConf)} 2> /dev/null | grep -q -i '^bad '; then
  testparm -s ${file(smbConf)} 2> /dev/null | awk -v own=${share} '
    /^[[:space:]]*\\[/ { gsub(/^[[:space:]]*\\[|\\].*$/, ""); section = $0; next }
    tolower(section) != tolower(own) && tolower(section) != "global" && tolower($0) ~ /^[[:space:]]*guest ok[[:space:]]*=[[:space:]]*yes/ { names = names (names == "" ? "" : ", ") section }
    END { if (names != "") print "guests get into: " names }'
fi`;

/** Whether a guest gets into the share, as the file has it: where nobody serves, nobody gets in. */
const servedAsInFile = ({ smbConf, share, server: address, user }: Parameters): Script =>
  sh`want=no
for name in path 'guest ok' 'map to guest'; do
  case $name in map*) where=global ;; *) where=${share} ;; esac
  got=$(testparm -s --section-name="$where" --parameter-name="$name" ${file(smbConf)} 2> /dev/null)
  case $name=$got in path=/*|'guest ok=Yes'|'map to guest=Bad '*) want=yes ;; *) want=no; break ;; esac
done
if ! smbcontrol smbd ping > /dev/null 2>&1; then echo 'Samba does not run: nobody gets in.'; exit 0; fi
said=$(smbclient ${`//${address}/${share}`} -U ${`${user}%bar`} -c ls 2>&1)
case $? in
0) have=yes ;;
*) case $said in
   *NT_STATUS_NO_SUCH_FILE*) have=yes ;;
   *NT_STATUS_LOGON_FAILURE*|*NT_STATUS_BAD_NETWORK_NAME*|*NT_STATUS_ACCESS_DENIED*) have=no ;;
   *) have=unknown; printf '%s\\n' "$said" | tail -n 3 ;;
   esac ;;
esac
if [ "$have" = "$want" ]; then echo "A guest gets in: $have, as the file says."; else echo "A guest gets in: $have, and the file says $want."; fi`;

const asInFile: readonly Matcher[] = [
  {
    kind: 'expected',
    id: 'served-as-in-file',
    pattern: /^(?:A guest gets in: (?:yes|no), as the file says\.|Samba does not run: nobody gets in\.)$/,
    means: 'Samba serves what its file says.',
    missing: 'Samba does not serve what its file says, or could not be asked.',
    next: 'Reload its configuration (smbcontrol smbd reload-config), and check the share as a guest.',
  },
];

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
  missing: 'Samba did not answer.',
  next: 'Check whether smbd runs, and run the step again.',
};

export const sambaRuns = (values: Parameters): Step => ({
  kind: 'command',
  id: 'samba-runs',
  title: 'Check that Samba runs',
  intro:
    'Makes it reload its current configuration. Changes that somebody made earlier without a reload show now, not later. When the run is undone, it reloads again.',
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  script: readAnew,
  matchers: [notRunning, answers],
  undo: readBack,
  undone: { script: servedAsInFile(values), matchers: asInFile },
});

export const shareStep = (values: Parameters): Step => ({
  kind: 'edit',
  id: 'share',
  title: 'Share the TFTP root, for reading',
  intro: `Adds the share ${values.share}, which everybody can read, and treats users that Samba does not know as guests. If that opens other shares too, the step stops and names them.`,
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  followLinks: true,
  file: values.smbConf,
  edit: (old) => editSmbConf(old, { name: values.share, path: values.root, others: values.others }),
  verify: {
    baseline: true,
    looksOnlyAt: 'how Samba would read the file; what it lets a guest do is asked once it has read it',
    script: sh`testparm -s ${file(values.smbConf)} > /dev/null
${showShare(values)}
${showOthers(values)}`,
    matchers: [
      {
        kind: 'failure',
        id: 'unknown-parameter',
        pattern: /(Unknown parameter encountered|Ignoring badly formed line|Error loading services)/i,
        means: 'Samba does not understand a line of its configuration and ignores it.',
        next: 'Undo the step, fix that line, and run it again.',
      },
      {
        kind: 'expected',
        id: 'path',
        pattern: new RegExp(`^path=${escapeRegExp(values.root)}$`),
        means: 'The share is the TFTP root.',
        missing: 'Samba’s share is another folder, or is not there.',
        next: 'Look for an "include" that says otherwise.',
      },
      {
        kind: 'expected',
        id: 'read-only',
        pattern: /^read-only=Yes$/i,
        means: 'It is read only.',
        missing: 'The share can be written to.',
        next: 'Look for an "include" that says otherwise. Undo the step until then.',
      },
      {
        kind: 'failure',
        id: 'writers',
        pattern: /^(?:write-list|admin-users)=.+/,
        means: 'Some users can still write to the share.',
        next: 'Look for an "include" that says so. Undo the step until then.',
      },
      {
        kind: 'failure',
        id: 'kept-out',
        pattern: /^(?:available=No|(?:in)?valid-users=.+)$/i,
        means: 'The share is off, or only some users get in.',
        next: 'Look for the line, or an "include" that has it, take it out, and run the step again.',
      },
      {
        kind: 'warning',
        id: 'hosts',
        pattern: /^hosts-(?:allow|deny)=.+/,
        means: 'Only some machines get into the share.',
        next: 'Make sure that the machines to be installed are among them.',
      },
      {
        kind: 'warning',
        id: 'opened-too',
        pattern: /^guests get into: /,
        means: 'Everybody on the network gets into these shares as well.',
        next: 'Take "guest ok" out of those that are not for everybody, and reload Samba.',
      },
      { kind: 'expected', id: 'guest-ok', pattern: /^guest-ok=Yes$/i, means: 'Guests can read it.', missing: 'Guests can’t read it.' },
      {
        kind: 'expected',
        id: 'unknown-is-guest',
        pattern: /^map-to-guest=Bad (User|Password)$/i,
        means: 'Users that Samba does not know are guests.',
        missing: 'Users that Samba does not know are rejected.',
      },
    ],
  },
});

export const sambaReads = (): Step => ({
  kind: 'command',
  id: 'samba-reads',
  title: 'Reload Samba',
  intro: 'Samba picks up the new share without a restart. Existing connections stay open.',
  danger: 'changes',
  runsOn: server,
  needsRoot: true,
  script: readAnew,
  matchers: [notRunning, answers],
  undo: readBack,
  undone: { at: 'samba-runs' },
});
