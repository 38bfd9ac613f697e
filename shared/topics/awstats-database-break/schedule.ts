/** What makes the statistics from now on: a script, a line for cron, and one in front of the rotation of logs. */
import { anywhere, escapeRegExp, fact, file, type Step, setLine, sh } from '../../topic-kit/index.ts';
import { breaksOf, type Parameters } from './parameters.ts';
import { asUser, countFiles, pattern } from './views.ts';

const runsOn = 'the web server';
export const runner = '/usr/local/sbin/awstats-breaks';
export const cronFile = '/etc/cron.d/awstats-breaks';
const prerotate = '/etc/logrotate.d/httpd-prerotate/awstats-breaks';

const runnerText = (script: string) => `#!/bin/sh
# Updates the daily and hourly statistics of AWStats: awstats-breaks CONFIGURATION KIND…. Made by Wrenchbook.
[ ! -r /etc/default/awstats ] || . /etc/default/awstats
[ "\${AWSTATS_ENABLE_CRONTABS:-yes}" = yes ] || exit 0
config=$1
shift
for kind; do
  said=$(nice -n "\${AWSTATS_NICE:-10}" perl ${script} -config="$config" -update -databasebreak="$kind" 2>&1) || {
    printf '%s\\n' "$said" >&2
    exit 1
  }
done
`;
const call = (values: Parameters) => `${runner} ${values.config} ${breaksOf(values).join(' ')}`;
const same = ({ config }: Parameters) => new RegExp(`${escapeRegExp(runner)} ${escapeRegExp(config)} (?:day|hour)`);
/** Five minutes behind the monthly update of Debian’s package, so that the two do not read the log at once. */
export const cronLine = (values: Parameters) => `5-59/10 * * * * ${values.user} [ -x ${runner} ] && ${call(values)}`;
const before = (values: Parameters) => `[ ! -x ${runner} ] || su -s /bin/sh -c '${call(values)}' ${values.user}`;

const lineIn = (path: string, line: string) => sh`printf 'lines=%s\\n' "$([ ! -e ${file(path)} ] || grep -c -x -F -e ${anywhere(line)} ${file(path)})"`;
const proved = (path: string, line: string) => ({
  verify: {
    looksOnlyAt: 'whether the line is in the file once',
    script: lineIn(path, line),
    matchers: [{ kind: 'expected' as const, id: 'there', pattern: /^lines=1$/, means: 'The line is there once.', missing: 'The line is not there once.' }],
  },
  undone: {
    script: lineIn(path, line),
    matchers: [{ kind: 'expected' as const, id: 'gone', pattern: /^lines=0?$/, means: 'The line is gone.', missing: 'The line is still there.' }],
  },
});

export const schedule = (values: Parameters): Step[] => [
  {
    kind: 'edit',
    id: 'runner',
    title: 'Make the script that updates them',
    intro: 'One script for cron and for the rotation of logs. It follows AWSTATS_ENABLE_CRONTABS in /etc/default/awstats, as Debian’s own script does.',
    danger: 'changes',
    runsOn,
    needsRoot: true,
    file: runner,
    create: { mode: '0755', folder: true },
    edit: () => runnerText(values.script),
    verify: {
      looksOnlyAt: 'whether the shell can read the script',
      script: sh`sh -n ${file(runner)} && echo script=good`,
      matchers: [{ kind: 'expected', id: 'good', pattern: /^script=good$/, means: 'The shell can read it.', missing: 'The shell cannot read it.' }],
    },
  },
  {
    kind: 'edit',
    id: 'cron',
    title: 'Let cron run it',
    intro: 'Every ten minutes, as the user of the statistics. Lines for other configurations stay.',
    danger: 'changes',
    runsOn,
    needsRoot: true,
    file: cronFile,
    create: { mode: '0644', folder: true },
    edit: (old) => setLine(old, same(values), cronLine(values)),
    ...proved(cronFile, cronLine(values)),
  },
  {
    kind: 'edit',
    id: 'prerotate',
    title: 'Let it run before the logs are rotated',
    intro: 'Else the last minutes of each log are missing. Debian’s Apache runs the scripts of this folder; elsewhere add the line to your own logrotate.',
    danger: 'changes',
    runsOn,
    needsRoot: true,
    file: prerotate,
    create: { mode: '0755', folder: true },
    edit: (old) => setLine(old === '' ? '#!/bin/sh\n' : old, same(values), before(values)),
    ...proved(prerotate, before(values)),
  },
];

export const update = (values: Parameters): Step => {
  const { user, data, config } = values;
  const kinds = breaksOf(values);
  return {
    kind: 'command',
    id: 'update',
    title: 'Make the statistics now',
    intro: 'Runs the script as cron will. AWStats reads the whole log once for each kind, so it takes a while with a large one.',
    danger: 'changes',
    runsOn,
    needsRoot: true,
    minutes: 5,
    before: {
      script: countFiles(values),
      saves: kinds.map((kind) => ({
        id: `${kind}-before`,
        title: kind === 'day' ? 'Daily files before' : 'Hourly files before',
        pattern: new RegExp(`^${kind}=(\\d+)$`),
      })),
    },
    script: sh`WB_RUN=${file(runner)} WB_CONFIG=${config}
export WB_RUN WB_CONFIG
${asCron(user, kinds)} && echo updated=yes`,
    matchers: [
      {
        kind: 'failure',
        id: 'no-log',
        pattern: /Couldn't open server log file/,
        alone: true,
        means: 'The user of the statistics can’t read the log.',
        next: 'Compare LogFile in the configuration with the log, and its mode and folder: Debian gives logs to the group adm.',
        remedies: ['log-readable'],
      },
      {
        kind: 'failure',
        id: 'setup',
        pattern: /^Setup \('.*' file, web server or permissions\) may be wrong/,
        means: 'AWStats could not work with this configuration.',
        next: 'Read its error in the line above.',
      },
      { kind: 'expected', id: 'updated', pattern: /^updated=yes$/, means: 'AWStats has read the log.', missing: 'AWStats has not read the log.' },
    ],
    verify: {
      script: countFiles(values),
      matchers: kinds.map((kind) => ({
        kind: 'expected',
        id: `${kind}-files`,
        pattern: new RegExp(`^${kind}=[1-9]`),
        means: kind === 'day' ? 'There are daily files.' : 'There are hourly files.',
        missing: `There are no ${kind === 'day' ? 'daily' : 'hourly'} files.`,
        next: 'The log may be empty or just rotated. Wait for visits and run the step again. AWSTATS_ENABLE_CRONTABS="no" in /etc/default/awstats also does that.',
        remedies: ['visits'],
      })),
    },
    // Those of months are never touched.
    undo: sh`${kinds.reduce((all, kind) => sh`${all}${removeNew(kind, data, config)}`, sh``)}true`,
    undone: {
      script: countFiles(values),
      matchers: kinds.map((kind) => ({
        kind: 'equal',
        id: `${kind}-as-before`,
        pattern: new RegExp(`^${kind}=(\\d+)$`),
        to: { fact: `${kind}-before` },
        means: 'There are as many files as before.',
        differs: 'There are not as many files as before: some were there already, so none is removed.',
        next: 'Leave them, or remove those that you do not want.',
      })),
    },
  };
};

const asCron = (user: string, kinds: readonly string[]) => asUser(user, `exec "$WB_RUN" "$WB_CONFIG" ${kinds.join(' ')}`);
const removeNew = (
  kind: 'day' | 'hour',
  data: string,
  config: string,
) => sh`[ ${fact(`${kind}-before`)} != 0 ] || find ${file(data)} -maxdepth 1 -type f -name ${pattern(kind, config)} -exec rm -f {} +
`;
