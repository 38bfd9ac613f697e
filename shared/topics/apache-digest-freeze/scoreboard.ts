/** The scoreboard, read several times: one letter for what each child is doing. Measured before and after. */
import { type CommandStep, type Matcher, type SavedFact, type Script, sh } from '../../topic-kit/index.ts';
import { type Parameters, statusOf, variantOf } from './parameters.ts';
import { keyArgument } from './status-include.ts';

export const looks = [1, 2, 3, 4, 5] as const;
/** From this share of children on, in every look, and three of them at least, closing is no accident. */
export const stuckPercent = 25;

/** Slots without a process are left out at the end. */
const read = (values: Parameters): Script => sh`stuck=0 boards=
for look in ${[...looks]}; do
  [ "$look" -eq 1 ] || sleep ${values.every}
  board=$(curl -ksS -f -m 20 ${keyArgument(variantOf(values))} ${`${statusOf(values)}?auto`} | sed -n 's/^Scoreboard: //p' | sed 's/\\.*$//')
  [ -n "$board" ] || { echo 'no scoreboard'; exit 1; }
  children=$(printf %s "$board" | tr -d . | wc -c | tr -d ' ')
  closing=$(printf %s "$board" | tr -cd C | wc -c | tr -d ' ')
  boards="$boards $(printf %s "$board" | cut -c 1-200)"
  printf 'look %s: %s\\nclosing: %s of %s\\n' "$look" "$board" "$closing" "$children"
  if [ "$closing" -ge 3 ] && [ $((closing * 100)) -ge $((children * ${stuckPercent})) ]; then stuck=$((stuck + 1)); fi
done
echo "boards:$boards"
echo "stuck in $stuck of ${looks.length} looks"`;

const saved = (when: 'before' | 'after'): SavedFact[] => [
  // What a picture shows: of each look the first 200 children.
  { id: `boards-${when}`, title: `Scoreboard ${when}, look by look`, pattern: /^boards: (.+)$/ },
  { id: `closing-${when}`, title: `Children that were closing, ${when}`, pattern: /^closing: (\d+ of \d+)$/ },
];

const noAnswer: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'no-answer',
    pattern: /^curl: \(28\)|^curl: \(52\)|^curl: \(56\)/,
    means: 'Apache does not answer within 20 seconds. All of its children may be stuck.',
    next: 'Restart it, and measure right away.',
    remedies: ['restart-now'],
  },
  {
    kind: 'failure',
    id: 'no-status',
    pattern: /^curl: \((?!28\)|52\)|56\))\d+\)/,
    means: 'The status page can’t be read.',
    next: 'Read what curl says. Is it the right port? Does another rule of a site catch /server-status? Then start a new run with the right address.',
  },
  {
    kind: 'failure',
    id: 'no-scoreboard',
    pattern: /^no scoreboard$/,
    means: 'No scoreboard came.',
    next: 'Open the status page on the server itself and see what answers there.',
    remedies: ['restart-now'],
  },
];

const common = (parameters: Parameters): Pick<CommandStep, 'kind' | 'danger' | 'runsOn' | 'needsRoot' | 'minutes' | 'script'> => ({
  kind: 'command',
  danger: 'reads',
  runsOn: 'web server',
  needsRoot: true,
  minutes: 1,
  script: read(parameters),
});

export const measureBefore = (parameters: Parameters): CommandStep => ({
  ...common(parameters),
  id: 'scoreboard-before',
  title: 'Read the scoreboard, before',
  intro: 'Each letter is a child of Apache: C is closing a connection, _ is waiting for one. It is read five times while traffic hits the sites.',
  saves: saved('before'),
  matchers: [
    ...noAnswer,
    {
      kind: 'harmless',
      id: 'stuck',
      pattern: /^stuck in [3-5] of 5 looks$/,
      text: 'stuck in 5 of 5 readings',
      means: 'The problem is there: children stay in "Closing connection".',
    },
    {
      kind: 'warning',
      id: 'not-stuck',
      pattern: /^stuck in [0-2] of 5 looks$/,
      means: 'At the moment, few of the children are closing.',
      next: 'The problem appears with traffic and time. Read it again later, or continue if you know the problem is there.',
    },
  ],
});

export const measureAfter = (parameters: Parameters): CommandStep => ({
  ...common(parameters),
  id: 'scoreboard-after',
  title: 'Read the scoreboard, after',
  intro: 'Reads it again. Let traffic hit the sites meanwhile, and check again after a day.',
  saves: saved('after'),
  matchers: [
    ...noAnswer,
    {
      kind: 'failure',
      id: 'still-stuck',
      pattern: /^stuck in [3-5] of 5 looks$/,
      means: 'Children still stay in "Closing connection". It was not Digest, or not Digest alone.',
      next: 'Undo this run. Start a new run with the backtrace, which names the module that hangs.',
    },
    {
      kind: 'expected',
      id: 'not-stuck',
      pattern: /^stuck in [0-2] of 5 looks$/,
      means: 'Children come and go as they should.',
      missing: 'The scoreboard was not read completely.',
    },
  ],
});
