/** The page log of the server, and the change on the client in both ways. */
import { fact, file, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { withPageLog } from './page-log.ts';
import type { Parameters } from './parameters.ts';
import { withPassLines } from './pass-lines.ts';
import { defaultsOf, ppdOf, whatPpdDoes } from './queue.ts';

const ours = '/var/lib/wrenchbook';
const folder = `${ours}/cups-to-cups`;
const copyOf = (queue: string) => `${folder}/${queue}.ppd`;

export const pageLog = ({ conf, unit }: Parameters): Step => ({
  kind: 'edit',
  id: 'page-log',
  on: 'server',
  title: 'Switch the page log on',
  intro: 'Sets PageLogFormat to the usual fields if the server has none, and restarts CUPS there: jobs that are waiting stay.',
  danger: 'changes',
  needsRoot: true,
  file: conf,
  edit: (old) => withPageLog(old),
  afterwards: { script: sh`systemctl restart ${unit}` },
  verify: {
    looksOnlyAt: 'whether CUPS takes its configuration and runs again',
    orPutBack: true,
    script: sh`cupsd -t -c ${file(conf)} 2>&1 | grep -E 'is OK|directive|Bad|Missing value|PageLog'
systemctl show -p ActiveState ${unit}`,
    matchers: [
      {
        kind: 'warning',
        id: 'directive',
        pattern: /^Unknown directive /,
        means: 'CUPS does not know a directive of this file, and ignores it.',
        next: 'Correct it: PrintLogFormat, as some notes call it, is PageLogFormat.',
      },
      {
        kind: 'expected',
        id: 'runs',
        pattern: /^ActiveState=active$/,
        means: 'CUPS runs with it.',
        missing: 'CUPS does not run with it: the file was put back.',
        next: 'Read its error_log on the server.',
      },
      { kind: 'expected', id: 'takes', pattern: /cupsd\.conf" is OK\.$/, means: 'CUPS takes the file.', missing: 'CUPS does not take the file.' },
    ],
  },
});

export const copy = ({ queue }: Parameters): Step => ({
  kind: 'command',
  id: 'copy',
  on: 'client',
  title: 'Copy the PPD',
  intro: 'CUPS writes its own file again at any change of the queue. So the copy is edited, and CUPS is given the copy.',
  danger: 'changes',
  needsRoot: true,
  before: { script: same(queue), saves: [{ id: 'copy-before', title: 'Copy of an earlier run', pattern: /^copy=(\w+)$/ }] },
  script: sh`mkdir -p -m 700 ${file(folder)} && cp -p ${ppdOf(queue)} ${file(copyOf(queue))}`,
  matchers: [],
  verify: {
    script: same(queue),
    matchers: [
      {
        kind: 'expected',
        id: 'same',
        pattern: /^copy=same$/,
        means: 'The copy is the same, byte for byte.',
        missing: 'The copy is not the same.',
        next: 'Check whether there is room in /var, and run the step again.',
      },
    ],
  },
  // That of an earlier run is needed for its undo.
  undo: sh`case ${fact('copy-before')} in
none) rm -f ${file(copyOf(queue))}; rmdir ${file(folder)} ${file(ours)} 2>/dev/null || true ;;
esac`,
  undone: {
    script: sh`${same(queue)}
case ${fact('copy-before')} in none) echo before=none ;; *) echo before=there ;; esac`,
    matchers: [
      { kind: 'expected', id: 'known', pattern: /^before=/, means: 'It is as before the step.', missing: 'It could not be read.' },
      {
        kind: 'failure',
        id: 'still-there',
        pattern: /^copy=(?!none$)/,
        given: /^before=none$/,
        means: 'The copy is still there.',
        next: 'Remove it by hand.',
      },
    ],
  },
});

function same(queue: string) {
  return sh`if [ ! -e ${file(copyOf(queue))} ]; then echo copy=none
elif cmp -s ${file(copyOf(queue))} ${ppdOf(queue)}; then echo copy=same
else echo copy=differs
fi`;
}

/** What lpadmin says of every PPD since CUPS 2.3. */
const lpadminSays: Matcher[] = [
  {
    kind: 'harmless',
    id: 'deprecated',
    pattern: /^lpadmin: Printer drivers are deprecated/,
    text: 'lpadmin: Printer drivers are deprecated …',
    means: 'CUPS 3 will have no PPDs. CUPS 2 takes them.',
  },
  {
    kind: 'failure',
    id: 'refused',
    pattern: /^lpadmin: (?!Printer drivers are)/,
    means: 'CUPS did not take the change. The queue is as it was.',
    next: 'Read what lpadmin says above. Undo the run if it can’t be corrected.',
  },
];
const before = (queue: string) => ({
  script: sh`${whatPpdDoes(queue)}
${defaultsOf(queue)}`,
  saves: [
    { id: 'ppd-sum', title: 'PPD before', pattern: /^ppd-sum=(.*)$/ },
    { id: 'defaults', title: 'Options before', pattern: /^defaults=(.*\S) *$/ },
  ],
});
const asBefore = (queue: string) => ({
  script: whatPpdDoes(queue),
  matchers: [
    {
      kind: 'equal' as const,
      id: 'ppd-back',
      pattern: /^ppd-sum=(.*)$/,
      to: { fact: 'ppd-sum' },
      means: 'The queue has the PPD that it had.',
      differs: 'The queue has another PPD than before.',
      next: 'Give it the backup with "lpadmin -p QUEUE -P FILE".',
    },
  ],
});
const ready: Matcher = {
  kind: 'expected',
  id: 'accepts',
  pattern: /^\S+ accepting requests since /,
  means: 'The queue takes jobs.',
  missing: 'The queue does not take jobs.',
  next: 'Check with "lpstat -p", and "cupsaccept QUEUE".',
};

export const passLines = ({ queue }: Parameters): Step => ({
  kind: 'edit',
  id: 'pass',
  on: 'client',
  title: 'Pass documents on as they are',
  intro: 'Adds the five pass-through lines to the copy, and gives it to CUPS. Nothing else in it changes; vendor lines at the same cost become comments.',
  danger: 'changes',
  needsRoot: true,
  file: copyOf(queue),
  anyEncoding: true,
  create: { mode: '0600' },
  before: before(queue),
  edit: (old) => withPassLines(old),
  afterwards: { script: sh`lpadmin -p ${queue} -P ${file(copyOf(queue))}`, matchers: lpadminSays },
  verify: {
    baseline: true,
    script: sh`${same(queue)}
${whatPpdDoes(queue)}
${defaultsOf(queue)}
LC_ALL=C cupstestppd ${file(copyOf(queue))} || true
LC_ALL=C lpstat -a ${queue}`,
    matchers: [
      {
        kind: 'expected',
        id: 'live',
        pattern: /^copy=same$/,
        means: 'The queue uses the edited PPD.',
        missing: 'The queue does not use the edited PPD.',
        next: 'Run the step again. If a program such as cups-browsed manages this queue, change it there.',
      },
      { kind: 'expected', id: 'lines', pattern: /^pass=[5-9]$/, means: 'Five kinds of documents are passed on.', missing: 'Not all five lines are there.' },
      { kind: 'expected', id: 'none-taken', pattern: /^taken=0$/, means: 'No vendor filter is as cheap.', missing: 'A vendor filter is still as cheap.' },
      {
        kind: 'equal',
        id: 'defaults',
        pattern: /^defaults=(.*\S) *$/,
        to: { fact: 'defaults' },
        means: 'The options of the queue are set as before.',
        differs: 'The options of the queue are not set as before.',
        next: 'Set them again with "lpadmin -p QUEUE -o OPTION=VALUE".',
      },
      {
        kind: 'failure',
        id: 'bad-ppd',
        pattern: /\.ppd: FAIL$/,
        means: 'cupstestppd finds a fault in the PPD that was not there before.',
        next: 'Undo the run, and report the PPD.',
      },
      ready,
    ],
  },
  undone: asBefore(queue),
});

export const everywhere = ({ queue }: Parameters): Step => ({
  kind: 'command',
  id: 'everywhere',
  on: 'client',
  title: 'Make it an IPP Everywhere queue',
  intro:
    'CUPS asks the server what it takes, and makes a PPD of its own from that. Options of the vendor’s driver are gone; size, sides, colour and quality stay.',
  danger: 'changes',
  needsRoot: true,
  before: before(queue),
  script: sh`lpadmin -p ${queue} -v ${fact('uri')} -m everywhere
# CUPS 2.4 makes the PPD after it has answered, and filters as before until it is given that PPD.
tries=0
until grep '^\\*cupsFilter2: "application/pdf application/pdf 0 -"' ${ppdOf(queue)} >/dev/null; do
  tries=$((tries + 1))
  [ $tries -lt 20 ] || exit 1
  sleep 1
done
lpadmin -p ${queue} -P ${ppdOf(queue)}`,
  matchers: lpadminSays,
  verify: {
    script: sh`${whatPpdDoes(queue)}
grep '^\\*cupsFilter2: "application/pdf ' ${ppdOf(queue)}
LC_ALL=C lpstat -a ${queue}`,
    matchers: [
      {
        kind: 'expected',
        id: 'is-everywhere',
        pattern: /^kind=everywhere$/,
        means: 'The queue is an IPP Everywhere queue.',
        missing: 'CUPS has not made it an IPP Everywhere queue.',
        next: 'Read error_log on the client. The server has to answer IPP at this address.',
      },
      {
        kind: 'expected',
        id: 'pdf',
        pattern: /^\*cupsFilter2: "application\/pdf application\/pdf 0 -"/,
        means: 'PDF is passed on as it is.',
        missing: 'PDF is not passed on: the server does not take it.',
        next: 'Undo the run, and choose the other way.',
      },
      ready,
    ],
  },
  undo: sh`lpadmin -p ${queue} -P ${file(copyOf(queue))}`,
  undone: asBefore(queue),
});
