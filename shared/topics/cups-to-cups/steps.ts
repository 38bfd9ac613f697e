/** Look at both queues, switch the page log on, let the client pass documents on, and print a test job that the server counts. */
import { fact, inOrder, type Remedy, type Step, sh, type TopicContext } from '../../topic-kit/index.ts';
import { copy, everywhere, pageLog, passLines } from './change.ts';
import { logMark, looking } from './looking.ts';
import { countPages } from './page-log.ts';
import type { Parameters } from './parameters.ts';
import { printTest } from './test-job.ts';

export const steps = (values: Parameters, { machines = [] }: Partial<TopicContext>): Step[] => [
  ...looking(values),
  pageLog(values),
  copy(values),
  values.way === 'everywhere' ? everywhere(values) : passLines(values),
  job(values),
  machines.includes('server') ? logged(values) : byHand(values),
];

const job = ({ queue, pages }: Parameters): Step => ({
  kind: 'command',
  id: 'job',
  on: 'client',
  title: 'Print a test job',
  intro: `Prints ${pages} pages on the queue, one-sided, and waits until they have left this client.`,
  act: `Print ${pages} pages`,
  danger: 'changes',
  minutes: 2,
  script: printTest(queue, pages),
  matchers: [
    {
      kind: 'failure',
      id: 'waits',
      pattern: /^job=waits$/,
      means: 'The job is still on this client after a minute.',
      next: 'Read the line above: a queue that is disabled is switched on with "cupsenable QUEUE". Cancel the job ("cancel JOB") before you run the step again.',
      remedies: ['enable'],
    },
    {
      kind: 'harmless',
      id: 'disabled',
      pattern: /^printer \S+ disabled since /,
      text: 'printer … disabled since …',
      means: 'The queue is paused.',
    },
    {
      kind: 'expected',
      id: 'sent',
      pattern: /^job=sent$/,
      means: 'The server has taken the job.',
      missing: 'The job was not sent.',
      next: 'Read what lp says above.',
    },
  ],
  irreversible: 'The pages are printed.',
});

const logged = ({ log, pages }: Parameters): Step => ({
  kind: 'command',
  id: 'logged',
  on: 'server',
  title: 'Check what the server has counted',
  intro: 'Waits for the job in the server’s page log, for at most a minute. Lines from before this run do not count.',
  danger: 'reads',
  needsRoot: true,
  script: sh`wb_new() { ${logMark(log).show}
}
remote=${fact('remote')} tries=0
until wb_new | grep -F "$remote " >/dev/null || [ $tries -ge 60 ]; do sleep 1; tries=$((tries + 1)); done
wb_new | grep -E "^(log=unread$|$remote )" | tail -n 5
wb_new | ${countPages(sh`"$remote"`)}`,
  matchers: [
    logMark(log).unread,
    {
      kind: 'failure',
      id: 'not-logged',
      pattern: /^jobs=0 /,
      alone: true,
      means: 'The server has logged no job of this queue since the run began.',
      next: 'Check that the job is finished on the server ("lpstat -o" there), and the name of its page log (PageLog in cups-files.conf). Then run the step again.',
    },
    {
      kind: 'failure',
      id: 'not-counted',
      pattern: /^pages of the last job: [01]$/,
      means: 'The server still logs 0 or 1 page. The job arrived as it was, so the server’s own driver does not report pages.',
      next: 'Look for "will not log pages" in the server’s error_log at LogLevel debug. Try a driver without a filter of the vendor, or undo the run.',
    },
    {
      kind: 'expected',
      id: 'counted',
      pattern: new RegExp(`^pages of the last job: ${pages}$`),
      means: 'The server has counted all pages.',
      missing: `The server has not counted ${pages} pages.`,
      next: 'If another job came in between, run the step again. Drivers that print two pages on a sheet by themselves count sheets.',
    },
    {
      kind: 'harmless',
      id: 'sides',
      pattern: inOrder(/\] total \d+ /, / one-sided(?: |$)/),
      text: '… one-sided',
      means: 'The option that the client set is logged as well. Options at their default never are: the client does not send them.',
    },
  ],
});

const byHand = ({ pages }: Parameters): Step => ({
  kind: 'manual',
  id: 'logged',
  on: 'client',
  title: 'Check the page log on the server',
  intro: 'The server was not part of this run, so you look there yourself.',
  danger: 'reads',
  instructions: [
    `On the server, read the last lines of /var/log/cups/page_log. The job “Wrenchbook test” has to be there with ${pages} pages.`,
    'If there is no such file, PageLogFormat in cupsd.conf is empty. It is by default.',
  ],
  lab: sh`:`,
});

export const remedies: readonly Remedy[] = [
  {
    id: 'server-driver',
    title: 'Give the server’s queue a driver',
    explanation: 'On the server: "lpadmin -p QUEUE -P DRIVER.ppd", or choose a driver on its page. Then the server is asked again.',
    danger: 'changes',
    lab: sh`lab-cups-hand server-driver`,
    afterwards: 'retry',
  },
  {
    id: 'enable',
    title: 'Switch the queue on, and cancel the test job',
    explanation: 'Fix what stopped it (paper, network), then "cupsenable QUEUE" and "cancel" with the job’s name. The step prints it again.',
    danger: 'changes',
    lab: sh`lab-cups-hand enable`,
    afterwards: 'retry',
  },
];
