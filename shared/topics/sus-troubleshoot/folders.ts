/** Folders that the service does not make by itself, and the sync that fetches their files. */
import { fact, logSince, type Step, sh } from '../../topic-kit/index.ts';
import { defineLogReader } from './log-reader.ts';
import { type Parameters, user } from './parameters.ts';
import { defineMissing, findContent, isOwn, serverTools, showLog } from './reading.ts';

/** `made=`: each level that is missing, the outer ones first, relative to content. Forty folders at most: the next run makes the others. */
const levels = (log: string) => sh`wb_show_log() {
${showLog(log)}
}
wb_levels() {
wb_show_log | sed -n 's/^missing: [^ ]* //p' | sort -u | while read -r place; do
  level=
  rest=$place
  while [ -n "$rest" ]; do
    level=$level\${level:+/}\${rest%%/*}
    case $rest in */*) rest=\${rest#*/} ;; *) rest= ;; esac
    [ -d "$content/$level" ] || printf '%s\\n' "$level"
  done
done | sort -u | tr '\\n' ' ' | sed 's/ $//; s/^/made=/'
echo
}`;

export const makeFolders = ({ log }: Parameters): Step => ({
  kind: 'command',
  id: 'folders',
  title: 'Make the missing folders',
  intro: `Each level that is missing is made below content, and belongs to ${user}: else the sync can’t write there. Do not download the files yourself.`,
  danger: 'changes',
  runsOn: 'the server',
  needsRoot: true,
  before: { script: sh`${findContent}\n${levels(log)}\nwb_levels`, saves: [{ id: 'made', title: 'Folders to make', pattern: /^made=(.+)$/ }] },
  script: sh`${findContent}
${levels(log)}
wb_levels | sed -n 's/^made=//p' | tr ' ' '\\n' | while read -r level; do
  [ -n "$level" ] || continue
  mkdir "$content/$level" && chmod 755 "$content/$level" && chown ${user} "$content/$level" && printf 'made %s\\n' "$level"
done`,
  matchers: [
    {
      kind: 'failure',
      id: 'not-made',
      pattern: /^mkdir: /,
      means: 'A folder could not be made.',
      next: 'Read what mkdir says: the disk may be full, or a file has this name.',
    },
    { kind: 'failure', id: 'no-user', pattern: /^chown: /, means: `A folder could not be given to ${user}.`, next: 'Check that this user exists.' },
  ],
  verify: {
    script: sh`${findContent}
${isOwn}
for level in ${fact('made', 'words')}; do
  if [ ! -d "$content/$level" ]; then printf 'not there: %s\\n' "$level"; elif wb_own "$content/$level"; then printf 'there: %s\\n' "$level"; else printf 'other owner: %s\\n' "$level"; fi
done`,
    matchers: [
      { kind: 'failure', id: 'not-there', pattern: /^not there: /, means: 'A folder is not there.', next: 'Run the step again.' },
      {
        kind: 'failure',
        id: 'other-owner',
        pattern: /^other owner: /,
        means: `A folder does not belong to ${user}, so the sync can’t write there.`,
        next: 'Run the step again, or repair the owner.',
        remedies: ['owner'],
      },
      {
        kind: 'expected',
        id: 'there',
        pattern: /^there: /,
        means: 'The folders are there, with the right owner.',
        missing: 'No folder was made.',
        next: 'Run the first step again.',
      },
    ],
  },
  undo: sh`${findContent}
for level in ${fact('made', 'words')}; do printf '%s\\n' "$level"; done | sort -r | while read -r level; do [ ! -d "$content/$level" ] || rmdir "$content/$level" 2>/dev/null || :; done`,
  undone: {
    script: sh`${findContent}
for level in ${fact('made', 'words')}; do if [ ! -d "$content/$level" ]; then printf 'gone: %s\\n' "$level"; elif [ -n "$(ls -A "$content/$level")" ]; then printf 'in use: %s\\n' "$level"; else printf 'left: %s\\n' "$level"; fi; done`,
    matchers: [
      { kind: 'harmless', id: 'in-use', pattern: /^in use: /, text: 'in use: …', means: 'It holds what was downloaded since, so it stays.' },
      { kind: 'failure', id: 'left', pattern: /^left: /, means: 'An empty folder is still there.', next: 'Remove it with rmdir.' },
      {
        kind: 'expected',
        id: 'gone',
        pattern: /^(?:gone|in use): /,
        means: 'What is empty is removed.',
        missing: 'It could not be looked at.',
        next: 'Check that the disk is mounted.',
      },
    ],
  },
});

const since = (log: string) => logSince('sync-log', { file: log });

export const sync = ({ log, catalog }: Parameters): Step => ({
  kind: 'command',
  id: 'sync',
  title: 'Sync once',
  intro: `Runs the sync as ${user}, never as root: files of root would make later ones fail. With much to fetch it takes hours.`,
  danger: 'changes',
  runsOn: 'the server',
  needsRoot: true,
  minutes: 30,
  long: true,
  before: { script: since(log).mark, saves: since(log).saves },
  script: sh`${serverTools}
sudo -u ${user} "$(command -v swupd_syncd)" -sync`,
  matchers: [],
  verify: {
    script: sh`${findContent}
${defineLogReader}
${defineMissing}
wb_since() {
${since(log).show}
}
found=$(wb_since)
case $found in log=unread) echo log=unread ;; esac
found=$(printf '%s\\n' "$found" | wb_read_log)
printf '%s\\n' "$found" | sed 's/^folder: /again: /'
if ls "$content/catalogs"/*.sucatalog >/dev/null 2>&1; then echo catalogues=there; else echo catalogues=missing; fi`,
    matchers: [
      since(log).unread,
      {
        kind: 'failure',
        id: 'owner',
        pattern: /^locked=[1-9]\d*$/,
        means: 'The sync is denied access to some files: somebody has run it as root before.',
        next: `Give the content back to ${user}, and run the step again.`,
        remedies: ['owner'],
      },
      {
        kind: 'failure',
        id: 'again',
        pattern: /^again: \S+ \S+$/,
        means: 'The sync still refuses this product.',
        next: 'For “.dist” files of ARD Client 3.6 it is not known whether a folder helps. Read the lines in the log.',
      },
      {
        kind: 'failure',
        id: 'still-corrupt',
        pattern: /^versions=[1-9]\d*$/,
        means: 'The sync still misses the version of a product.',
        next: catalog
          ? 'Apple’s catalogue itself may be wrong: try again the next day.'
          : 'The catalogues are corrupt: start a new run that fetches them again.',
      },
      {
        kind: 'expected',
        id: 'synced',
        pattern: /^lines=[1-9]\d*$/,
        means: 'The sync has written its log.',
        missing: 'The sync has written nothing into its log.',
        next: 'Check that the service runs, and the path of the log.',
      },
      {
        kind: 'expected',
        id: 'catalogues',
        pattern: /^catalogues=there$/,
        means: 'The catalogues are there.',
        missing: 'There are no catalogues.',
        next: 'Check that the server reaches Apple’s, and run the step again.',
      },
    ],
  },
  irreversible: 'what was downloaded stays.',
});
