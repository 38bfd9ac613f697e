/** Look at what is there; then make the statistics that are missing, or take the choice out of the page. */
import { type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { room } from './room.ts';
import { schedule, update } from './schedule.ts';
import { choiceOf, countFiles, installed, viewsOf } from './views.ts';
import { withoutChoice } from './without-choice.ts';

const common = { runsOn: 'the web server', danger: 'reads', needsRoot: true } as const;
const noUser: Matcher = {
  kind: 'failure',
  id: 'no-user',
  pattern: /^su: (?:user \S+ does not exist|unknown user|Authentication)/i,
  alone: true,
  means: 'There is no such user, or it may not be used.',
  next: 'Start a new run with the user that owns the statistics.',
};

export function steps(values: Parameters): Step[] {
  const isUpdate = values.way === 'update';
  const look: Step = {
    ...common,
    kind: 'command',
    id: 'look',
    title: isUpdate ? 'Look at the statistics, and the room for more' : 'Look at AWStats',
    intro: isUpdate
      ? 'Shows the version, how many history files there are, and what those of a year would need at least. Each is measured by the smallest one that is there.'
      : 'Shows the version, and how many history files there are of each kind.',
    script: isUpdate
      ? sh`${installed(values)}
${countFiles(values)}
${room(values)}`
      : sh`${installed(values)}
${countFiles(values)}`,
    saves: isUpdate ? [{ id: 'need', title: 'A year needs', pattern: /^a year needs at least (\d+ files, \d+ MiB)/ }] : [],
    matchers: [
      {
        kind: 'failure',
        id: 'too-old',
        pattern: /^version=(?:[0-6]\.|7\.[0-7](?:\D|$))/,
        alone: true,
        means: 'This AWStats is older than 7.8: its page does not offer daily and hourly views.',
        next: 'Nothing has to be done.',
      },
      {
        kind: 'failure',
        id: 'no-data',
        pattern: /^(?:data=none|month=0)$/,
        alone: true,
        means: 'There are no statistics of this configuration yet, not even monthly ones.',
        next: 'Check its name and DirData. Then run "awstats.pl -config=NAME -update" as the user of the statistics.',
      },
      {
        kind: 'failure',
        id: 'no-room',
        pattern: /^room=no$/,
        means: 'The file system has no room for the files of a year.',
        next: 'Choose daily statistics only, take the choice out of the page, or make room.',
      },
      {
        kind: 'expected',
        id: 'version',
        pattern: /^version=(?:7\.(?:[89]|\d\d)|[89]|\d\d)/,
        means: 'This AWStats offers daily and hourly views.',
        missing: 'There is no AWStats at this place.',
        next: 'Start a new run with the right path.',
      },
    ],
  };
  return [look, ...(isUpdate ? [views(values, 'before'), ...schedule(values), update(values), views(values, 'after')] : [choice(values), remove(values)])];
}

const views = (values: Parameters, when: 'before' | 'after'): Step => ({
  ...common,
  kind: 'command',
  id: `views-${when}`,
  title: when === 'before' ? 'Ask AWStats for these views' : 'Ask AWStats for these views again',
  intro: 'Has AWStats make the pages for the newest day, as the user of the web page, and reads what they say of their last update.',
  script: viewsOf(values),
  saves: [{ id: `views-${when}`, title: `Views ${when}`, pattern: /^view (.+)$/ }],
  matchers: [
    noUser,
    ...(when === 'before'
      ? [
          {
            kind: 'failure' as const,
            id: 'works',
            pattern: /^view \w+ [\d-]+: \d/,
            unless: /: never updated$/,
            means: 'AWStats has statistics for these views already.',
            next: 'If they are old, look at what updates them: "grep -r databasebreak /etc/cron*".',
          },
          {
            kind: 'expected' as const,
            id: 'never',
            pattern: /^view \w+ [\d-]+: never updated$/,
            means: 'AWStats says that this view was never updated: nothing makes its files.',
            missing: 'AWStats did not say when these views were updated.',
            next: 'Read what it says above.',
          },
        ]
      : [
          {
            kind: 'failure' as const,
            id: 'never',
            pattern: /^view \w+ [\d-]+: never updated$/,
            means: 'AWStats still says that a view was never updated.',
            next: 'Check that the files belong to the user of the web page, and DirData of the configuration.',
          },
          {
            kind: 'expected' as const,
            id: 'updated',
            pattern: /^view \w+ [\d-]+: \d+ \w+ \d{4}/,
            means: 'The view has its statistics.',
            missing: 'AWStats did not say when these views were updated.',
            next: 'Read what it says above.',
          },
        ]),
  ],
});

const pageMade: Matcher = {
  kind: 'expected',
  id: 'page',
  pattern: /^months=[1-9]/,
  means: 'The page is made, with its choice of months.',
  missing: 'The page could not be made.',
  next: 'Read the error of the web server, or run awstats.pl by hand.',
};
const choice = (values: Parameters): Step => ({
  ...common,
  kind: 'command',
  id: 'choice',
  title: 'Make the page',
  intro: 'Has awstats.pl make the page as the web server does, and looks for the choice in it.',
  script: choiceOf(values),
  matchers: [
    noUser,
    pageMade,
    {
      kind: 'expected',
      id: 'offered',
      pattern: /^choice=[1-9]/,
      means: 'The page offers monthly, daily and hourly.',
      missing: 'The page does not offer daily and hourly views.',
      next: 'Nothing has to be taken out.',
    },
  ],
});

const remove = (values: Parameters): Step => ({
  ...common,
  kind: 'edit',
  id: 'remove',
  title: 'Take the choice out of awstats.pl',
  intro:
    'Takes out the statements that print it, and nothing else. The next update of the package brings them back. An address with databasebreak=day still works.',
  danger: 'changes',
  file: values.script,
  followLinks: true,
  anyEncoding: true,
  edit: (old) => withoutChoice(old),
  verify: {
    orPutBack: true,
    script: sh`${choiceOf(values)}
perl -c "$WB_SCRIPT" 2>&1 | sed 's/^.* syntax OK$/perl=good/'`,
    matchers: [
      noUser,
      pageMade,
      { kind: 'expected', id: 'gone', pattern: /^choice=0$/, means: 'The page no longer offers it.', missing: 'The page still offers it.' },
      { kind: 'expected', id: 'perl', pattern: /^perl=good$/, means: 'Perl can read the program.', missing: 'Perl cannot read the program.' },
    ],
  },
  undone: {
    matchers: [{ kind: 'expected', id: 'back', pattern: /^choice=[1-9]/, means: 'The page offers it again.', missing: 'The page does not offer it again.' }],
  },
});

export const remedies: readonly Remedy[] = [
  {
    id: 'log-readable',
    title: 'Let the user read the log',
    explanation:
      'Give the log and its folder to a group of that user, in logrotate’s "create" line too, so that the next log has it. Then the step is run again.',
    danger: 'changes',
    lab: sh`lab-awstats-hand log-readable`,
    afterwards: 'retry',
  },
  {
    id: 'visits',
    title: 'Wait for visits',
    explanation: 'Open a page of the web site, or wait. Then the log is read again.',
    danger: 'reads',
    lab: sh`lab-awstats-hand visits`,
    afterwards: 'retry',
  },
];
