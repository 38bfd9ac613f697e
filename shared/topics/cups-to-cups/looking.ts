/** The first steps: the queue on the client, the queue on the server, and what its page log says now. They only read. */
import { fact, logSince, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { readPageLog } from './page-log.ts';
import type { Parameters } from './parameters.ts';
import { askServer, defaultsOf, whatPpdDoes, whereTo } from './queue.ts';

export const logMark = (log: string) => logSince('page-log-end', { file: log });

const noQueue: Matcher = {
  kind: 'failure',
  id: 'no-queue',
  pattern: /^lpstat: Invalid destination name/,
  alone: true,
  means: 'CUPS on this client has no such queue.',
  next: 'Check the name with "lpstat -v", and start a new run with the right one.',
};

const isEverywhere: Matcher = {
  kind: 'failure',
  id: 'is-everywhere',
  pattern: /^kind=everywhere$/,
  means: 'The queue is an IPP Everywhere queue already: it needs no lines.',
  next: 'Nothing has to be added. If the page log is still wrong, look at the server’s own driver.',
};

export function looking(values: Parameters): Step[] {
  const { queue, conf, log } = values;
  return [
    {
      kind: 'command',
      id: 'look',
      on: 'client',
      title: 'Look at the queue on the client',
      intro: 'Shows where the queue prints, and what its printer description (PPD) does with documents.',
      danger: 'reads',
      needsRoot: true,
      script: sh`${whereTo(queue)}
${whatPpdDoes(queue)}
${defaultsOf(queue)}`,
      saves: [
        { id: 'uri', title: 'Where the queue prints', pattern: /^uri=(\S+)$/ },
        { id: 'host', title: 'Print server', pattern: /^host=(\S+)$/ },
        { id: 'remote', title: 'Queue on the server', pattern: /^remote=([A-Za-z0-9_.%+-]+)$/ },
      ],
      matchers: [
        noQueue,
        {
          kind: 'failure',
          id: 'no-server',
          pattern: /^uri=(?!(?:ipp|http)s?:\/\/[^/@]+\/(?:printers|classes)\/)/,
          alone: true,
          means:
            'This queue does not print on a queue of a CUPS server (ipp://SERVER/printers/NAME). With documents passed on as they are, a printer would get what it cannot read.',
          next: 'Choose another queue. For one that was found by Bonjour (dnssd://…), give it the server’s address with "lpadmin -p QUEUE -v ipp://SERVER/printers/NAME" first.',
        },
        {
          kind: 'failure',
          id: 'no-ppd',
          pattern: /^ppd=(?:none|unread)$/,
          means: 'The queue has no PPD on this client, or it can’t be read. A raw queue passes documents on already.',
          next: 'Nothing has to be added. If the page log is still wrong, look at the server’s own driver.',
        },
        isEverywhere,
        {
          kind: 'expected',
          id: 'server',
          pattern: /^uri=(?:ipp|http)s?:\/\/[^/@]+\/(?:printers|classes)\/\S/,
          means: 'The queue prints on a CUPS server.',
          missing: 'It could not be read where the queue prints.',
          next: 'Check that CUPS runs on the client ("lpstat -r").',
        },
      ],
    },
    {
      kind: 'command',
      id: 'server-queue',
      on: 'client',
      title: 'Ask the server for its queue',
      intro: 'The server has to have a driver, as it does all the work afterwards; and options are handed over by their names in the PPD.',
      danger: 'reads',
      needsRoot: true,
      script: sh`uri=${fact('uri')} host=${fact('host')} remote=${fact('remote')}
${askServer(queue)}`,
      matchers: [
        {
          kind: 'failure',
          id: 'unreachable',
          pattern: /^scheduler is not running$/,
          alone: true,
          means: 'CUPS on the server does not answer this client.',
          next: 'Check the network, port 631, and "cupsctl --share-printers" on the server.',
        },
        {
          kind: 'failure',
          id: 'no-driver',
          pattern: /^lpoptions: Unable to get PPD file for /,
          alone: true,
          means:
            'The server has no driver for this queue: it is raw, not there, or not shown to this client. Documents that are passed on would reach the printer as they are.',
          next: 'Install the printer’s driver on the server, or let its policy show the queue to this client. Nothing was changed.',
          remedies: ['server-driver'],
        },
        {
          kind: 'warning',
          id: 'other-options',
          pattern: /^options that only one side has: (?!none$)./,
          means: 'These options have another name on the server, or are not there. What is chosen for them is lost.',
          next: 'Use the same PPD on both sides if you need them.',
        },
        {
          kind: 'expected',
          id: 'driver',
          pattern: /^options of the server: [1-9]/,
          means: 'The server has a driver for the queue.',
          missing: 'The server did not list any options of the queue.',
          next: 'Check its driver: "lpoptions -p QUEUE -l" on the server.',
        },
      ],
    },
    {
      kind: 'command',
      id: 'page-log-before',
      on: 'server',
      title: 'Read the server’s page log',
      intro:
        'Counts for how many jobs of the queue more than one page was logged. Single pages are ordinary too: only if nothing else is there, something is wrong.',
      danger: 'reads',
      needsRoot: true,
      script: sh`${readPageLog(conf, log, sh`${fact('remote')}`)}
${logMark(log).mark}`,
      saves: logMark(log).saves.map(({ id, title, pattern }) => ({ id, title, pattern })),
      matchers: [
        {
          kind: 'harmless',
          id: 'no-log',
          pattern: /^format=$/,
          text: 'format=',
          means: 'No page log is written: PageLogFormat is empty, as it is by default. The next step sets it.',
        },
        {
          kind: 'warning',
          id: 'other-form',
          pattern: /^jobs=\d+ counted=\d+ uncounted=\d+ unread=[1-9]/,
          means: 'Some lines have another form than printer, user, number, time, page, copies. They are not counted.',
          next: 'Check PageLogFormat. Lines from before it was changed are no trouble.',
        },
        {
          kind: 'warning',
          id: 'some-count',
          pattern: /^jobs=\d+ counted=[1-9]/,
          means: 'For some jobs of this queue the server has logged more than one page. They may come from clients that pass documents on already.',
          next: 'Look whose jobs are logged with 0 or 1 page.',
        },
        {
          kind: 'expected',
          id: 'log-there',
          pattern: /^log-mark=\S/,
          means: 'It is known where the page log ends now.',
          missing: 'The page log could not be read.',
          next: 'Check the name of the file: PageLog in cups-files.conf. With "syslog" there, this procedure cannot read it.',
        },
      ],
    },
  ];
}
