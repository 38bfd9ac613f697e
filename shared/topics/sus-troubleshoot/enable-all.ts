/** Offers every update to clients. The middle of the setting’s name is kept as it is: it is not known in public. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import { notes } from './parameters.ts';
import { serverTools, showService } from './reading.ts';

const list = file(`${notes}/enabled-here`);

export const enableAll: Step = {
  kind: 'command',
  id: 'enable',
  title: 'Enable all updates',
  intro: 'Only settings whose name ends in “:enable” and whose value is no. Their names are kept for the undo. For 600 updates it may take minutes.',
  danger: 'changes',
  runsOn: 'the server',
  needsRoot: true,
  minutes: 5,
  before: { script: showService, saves: [{ id: 'disabled', title: 'Updates not enabled', pattern: /^disabled=(\d+)$/ }] },
  script: sh`${serverTools}
mkdir -p -m 700 ${file(notes)}
off=$(serveradmin settings swupdate | grep ':enable = no$')
if [ -z "$off" ]; then echo 'all are enabled'
else
  printf '%s\\n' "$off" >>${list}
  printf '%s\\n' "$off" | sed 's/ = no$/ = yes/' | serveradmin settings >/dev/null
fi`,
  matchers: [{ kind: 'harmless', id: 'all', pattern: /^all are enabled$/, text: 'all are enabled', means: 'There was nothing to do.' }],
  verify: {
    script: sh`${showService}
serveradmin fullstatus swupdate | sed -n -e 's/^swupdate:numOfEnabledPkg = //p' -e 's/^swupdate:numOfMirroredPkg = //p' | sort -u | grep -c . | sed 's/^1$/offered=all/; s/^[02-9].*/offered=some/'`,
    matchers: [
      {
        kind: 'expected',
        id: 'none-off',
        pattern: /^disabled=0$/,
        means: 'No update is disabled.',
        missing: 'Some updates are still disabled.',
        next: 'Read what serveradmin says, and run the step again.',
      },
      {
        kind: 'warning',
        id: 'some',
        pattern: /^offered=some$/,
        means: 'The server offers fewer updates than it has mirrored.',
        next: 'It counts again with the next sync. Compare "serveradmin fullstatus swupdate" then.',
      },
    ],
  },
  undo: sh`${serverTools}
if [ -s ${list} ]; then serveradmin settings <${list} >/dev/null; fi
rm -f ${list}
rmdir ${file(notes)} ${file('/var/db/wrenchbook')} 2>/dev/null || :`,
  undone: {
    script: showService,
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^disabled=(\d+)$/,
        to: { fact: 'disabled' },
        means: 'As many updates are disabled as before.',
        differs: 'Not as many updates are disabled as before.',
        next: 'Compare the list in Server Admin.',
      },
    ],
  },
};
