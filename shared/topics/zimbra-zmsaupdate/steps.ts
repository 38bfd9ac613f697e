/** See that sa-update refuses the option, take it out of the script, and let the script run. */
import { anywhere, asUser, file, type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { withoutPlugins } from './script-text.ts';

const runsOn = 'the mail server';
export const script = '/opt/zimbra/libexec/zmsaupdate';
export const saUpdate = '/opt/zimbra/common/bin/sa-update';
const localconfig = '/opt/zimbra/bin/zmlocalconfig';

/** Ends before anything is downloaded where the option is refused, and with --checkonly installs nothing elsewhere. */
export const refusal = sh`${asUser('zimbra', file(saUpdate), '--allowplugins', '--checkonly')} 2>&1
echo "with --allowplugins: status $?"`;

/** The options that the script gives to sa-update, with --checkonly. */
export const asTheScript = sh`options=$(sed -n '/^[[:space:]]*#/d; s/.*sa-update  *\\([^>"]*\\).*/\\1/p' ${file(script)} | head -n 1)
if [ -n "$options" ]; then
  said=$(su -l -s ${anywhere('/bin/sh')} -c ${'exec "$@"'} -- zimbra sh ${file(saUpdate)} $options --checkonly 2>&1)
  status=$?
  [ $status -ne 2 ] || printf '%s\\n' "$said"
  echo "with the script's options: status $status"
else echo 'the script calls sa-update in another way'; fi`;

const noise: Matcher[] = [
  {
    kind: 'harmless',
    id: 'warns',
    pattern: /^Security warning: dangerous option --allowplugins used/,
    text: 'Security warning: dangerous option --allowplugins used:',
    means: 'That is why sa-update ends with status 2.',
  },
];

const look: Step = {
  kind: 'command',
  id: 'look',
  title: 'Check that the option is refused',
  intro: 'Asks the installed sa-update. It installs nothing, and ends before it uses the network if it refuses the option.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`if [ ! -r ${file(script)} ]; then echo 'script: missing'; elif grep -q antispam_saupdate_reallyallowplugins ${file(script)}; then echo 'script: repaired'; elif grep -q -e '--allowplugins' ${file(script)}; then echo 'script: uses it'; else echo 'script: does not use it'; fi
echo "rule updates: $(${asUser('zimbra', file(localconfig), '-m', 'nokey', 'antispam_enable_rule_updates')})"
echo "restarts: $(${asUser('zimbra', file(localconfig), '-m', 'nokey', 'antispam_enable_restarts')})"
${refusal}`,
  matchers: [
    ...noise,
    {
      kind: 'failure',
      id: 'no-script',
      pattern: /^script: missing$/,
      means: `There is no ${script}.`,
      next: 'Run this on the MTA node. Without Zimbra’s anti-spam service it is not needed.',
    },
    {
      kind: 'failure',
      id: 'repaired',
      pattern: /^script: repaired$/,
      means: 'This Zimbra has the repaired script.',
      next: 'Nothing has to be changed in it. If it still fails with 2, set antispam_saupdate_reallyallowplugins to false with zmlocalconfig.',
    },
    {
      kind: 'failure',
      id: 'no-user',
      pattern: /^su: user zimbra does not exist/,
      means: 'There is no user zimbra.',
      next: 'Run this on the Zimbra server.',
    },
    {
      kind: 'expected',
      id: 'refused',
      pattern: /^with --allowplugins: status 2$/,
      means: 'This sa-update refuses the option.',
      missing: 'This sa-update does not refuse the option.',
      next: 'Then another cause ends zmsaupdate: 3 is one channel, 4 and more the network or a mirror. Run sa-update with -D as the user zimbra.',
    },
    {
      kind: 'warning',
      id: 'updates-off',
      pattern: /^rule updates: (?!true$)/,
      means: 'Rule updates are switched off (antispam_enable_rule_updates), so zmsaupdate does nothing and shows no error.',
      next: 'Switch them on if you want them. The run repairs the script anyway.',
    },
    {
      kind: 'warning',
      id: 'restarts',
      pattern: /^restarts: true$/,
      means: 'If there are new rules, an update restarts amavis. Mail waits for some seconds.',
      next: 'Update at a quiet time, or leave it to cron.',
    },
  ],
};

const repair: Step = {
  kind: 'edit',
  id: 'repair',
  title: 'Take the option out',
  intro: 'Removes --allowplugins from the one line that calls sa-update. The option --reallyallowplugins is never added: it lets downloaded rules run code.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  file: script,
  edit: withoutPlugins,
  verify: {
    script: sh`${asTheScript}
perl -I${file('/opt/zimbra/common/lib/perl5')} -c ${file(script)} 2>&1`,
    matchers: [
      ...noise,
      {
        kind: 'failure',
        id: 'still-refused',
        pattern: /^with the script's options: status 2$/,
        means: 'sa-update still refuses the options of the script.',
        next: 'Read its lines above. A site rule that does not pass its check ends it with 2 as well.',
        remedies: ['fix-rules'],
      },
      {
        kind: 'expected',
        id: 'accepted',
        pattern: /^with the script's options: status \d+$/,
        means: 'sa-update accepts the options of the script.',
        missing: 'The options of the script could not be tried.',
        next: 'Look at the line that calls sa-update.',
      },
      {
        kind: 'expected',
        id: 'perl',
        pattern: /syntax OK$/,
        means: 'Perl can read the script.',
        missing: 'Perl cannot read the script.',
        next: 'Undo this step.',
      },
    ],
    orPutBack: true,
  },
  undone: {
    script: asTheScript,
    matchers: [
      ...noise,
      {
        kind: 'expected',
        id: 'refused-again',
        pattern: /^with the script's options: status 2$/,
        means: 'The script has its old options: they are refused again.',
        missing: 'The script does not have its old options.',
        next: 'Compare it with the backup.',
      },
    ],
  },
};

const run: Step = {
  kind: 'command',
  id: 'run',
  title: 'Update the rules',
  intro: 'Runs zmsaupdate as cron does. If there are new rules, it compiles them and restarts amavis, as far as localconfig says so.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  minutes: 3,
  script: sh`${asUser('zimbra', file(script))} 2>&1
echo "zmsaupdate: ended with status $?"`,
  matchers: [
    {
      kind: 'failure',
      id: 'still-2',
      pattern: /^zmsaupdate: Error code downloading update: 2$/,
      means: 'sa-update still ends with 2.',
      next: 'Run it with -D as the user zimbra: a rule of your own may not pass its check.',
    },
    {
      kind: 'failure',
      id: 'network',
      pattern: /^zmsaupdate: Error code downloading update: (?!2$)\d+$/,
      means: 'The option is accepted now, and the download failed: 3 is one channel, 4 and more the network or a mirror.',
      next: 'Check the way to updates.spamassassin.org, then run the step again.',
      remedies: ['network'],
    },
    {
      kind: 'failure',
      id: 'amavis',
      pattern: /^zmsaupdate: Amavisd restart failed/,
      means: 'The rules are there, and amavis did not restart.',
      next: 'Check "zmamavisdctl status" at once: mail may not be filtered.',
    },
    {
      kind: 'expected',
      id: 'quiet',
      pattern: /^zmsaupdate: ended with status 0$/,
      means: 'It ends well, and says nothing: cron sends no mail.',
      missing: 'It did not end well.',
      next: 'Read its lines above.',
    },
  ],
  irreversible: 'New rules stay, and are replaced by the next update.',
};

export const steps = ({ update }: Parameters): Step[] => [look, repair, ...(update === 'now' ? [run] : [])];

export const remedies: readonly Remedy[] = [
  {
    id: 'network',
    title: 'Make the mirror reachable',
    explanation: 'Open the way to updates.spamassassin.org over HTTP and DNS, or set the proxy. Then the rules are updated again.',
    danger: 'changes',
    lab: sh`lab-zimbra-hand network`,
    afterwards: 'retry',
  },
  {
    id: 'fix-rules',
    title: 'Fix the rule of your own',
    explanation: 'Find it with "spamassassin --lint" as the user zimbra, and correct it. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-zimbra-hand rules`,
    afterwards: 'retry',
  },
];
