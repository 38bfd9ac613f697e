/** The restart of the targets, which is refused while an initiator is logged in. */
import { escapeRegExp, file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import type { Wanted } from './wanted.ts';

const sessionFile = '/proc/net/iet/session';
const volumeFile = '/proc/net/iet/volume';

/** The sessions are read in the same script: between a check and a restart somebody could log in. */
export const restart = ({ service }: Parameters, wanted: readonly Wanted[]): Step => ({
  kind: 'command',
  id: 'restart',
  title: 'Restart the targets',
  intro: 'Only if no initiator is logged in: with write-back, a volume that is mounted would lose data.',
  danger: 'changes',
  runsOn: 'the NAS',
  needsRoot: true,
  script: sh`if [ ! -r ${file(sessionFile)} ]; then echo sessions=unread; exit 1; fi
sed -n 's/.*initiator:/logged in: /p' ${file(sessionFile)}
if grep -q 'state:active' ${file(sessionFile)}; then echo sessions=active; exit 1; fi
wb_script=${file('/etc/init.d')}/${service}
if [ ! -e "$wb_script" ]; then echo script=missing; exit 1; fi
if [ -x "$wb_script" ]; then "$wb_script" restart; else sh "$wb_script" restart; fi`,
  matchers: [
    {
      kind: 'failure',
      id: 'active',
      pattern: /^sessions=active$/,
      means: 'Initiators are logged in, named above. Nothing was restarted.',
      next: 'Unmount the volumes there and log out, then run the step again.',
      remedies: ['log-out'],
    },
    {
      kind: 'failure',
      id: 'sessions-unread',
      pattern: /^sessions=unread$/,
      means: 'Whether initiators are logged in could not be read. Nothing was restarted.',
      next: 'Check that ietd runs. Restart it by hand when all volumes are unmounted.',
    },
    {
      kind: 'failure',
      id: 'no-script',
      pattern: /^script=missing$/,
      means: `There is no init script ${service}.`,
      next: 'Look for it: ls /etc/init.d | grep -i -E "iet|iscsi". Start a new run with its name.',
    },
  ],
  verify: {
    looksOnlyAt: 'whether the targets are served again; which initiators may log in, an initiator shows',
    script: sh`n=0; until grep -q '^tid:' ${file(volumeFile)} || [ $n -ge 10 ]; do sleep 1; n=$((n + 1)); done
cat ${file(volumeFile)}`,
    matchers: [...new Set(wanted.map(({ target }) => target))].map((target, index) => ({
      kind: 'expected',
      id: `served-${index + 1}`,
      pattern: new RegExp(`^tid:\\d+ name:${escapeRegExp(target)}$`),
      means: `${target} is served.`,
      missing: `${target} is not served.`,
      next: 'Read the box’s log: ietd may not accept a line of its file. Undo, and restart it.',
    })),
  },
  irreversible: 'A restart cannot be undone. After an undo of the file, the next restart takes the old one.',
});
