/** Whether the client filters documents that the server is to count, and what the server's page log says. */
import { type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import { readPageLog } from './page-log.ts';
import type { Parameters } from './parameters.ts';
import { whatPpdDoes, whereTo } from './queue.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['where the queue prints', 'what its PPD does with documents', 'PageLogFormat and the page log of the server, if it takes part'],
  uses: ['queue', 'way', 'conf', 'log'],
  needsRoot: true,
  machines: ['client', 'server'],
  script: ({ queue, conf, log }, { machine }) =>
    machine === 'server'
      ? readPageLog(conf, log, sh`''`)
      : sh`${whereTo(queue)}
${whatPpdDoes(queue)}
LC_ALL=C lpstat -v | sed -n 's#^device for \\([^:]*\\): \\(ipp\\|http\\)s*://[^/@]*/\\(printers\\|classes\\)/.*#queue=\\1#p' | sort -u | awk '{ all = all " " substr($0, 7) } END { print "queues=" substr(all, 2) }'`,
  judge: ({ output, machines = {} }, { queue, way }) => {
    const found = readings(machines.client?.output ?? output);
    const uri = found.get('uri') ?? '';
    const queues = (found.get('queues') ?? '').split(' ').filter(Boolean);
    const [pass, taken] = [Number(found.get('pass') || Number.NaN), Number(found.get('taken') || Number.NaN)];
    const isEverywhere = found.get('kind') === 'everywhere';
    const passes = pass >= 5 && taken === 0;
    const findings: ProbeFinding[] = [
      {
        label: queue,
        value: uri,
        means: found.has('host') ? 'a queue of a CUPS server.' : 'not a queue of a CUPS server.',
        speaks: found.has('host') ? 'for' : 'against',
      },
      ...(found.get('ppd') === 'there'
        ? [
            {
              label: 'PPD on the client',
              value: isEverywhere ? 'IPP Everywhere' : passes ? 'passes documents on' : 'filters documents',
              means: isEverywhere || passes ? 'The server gets documents as they are.' : 'The server gets what the client has made of them.',
              speaks: isEverywhere || passes ? ('against' as const) : ('for' as const),
            },
          ]
        : []),
      ...(machines.server ? serverFindings(machines.server.output) : []),
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string, proposes: ProbeProposal[] = []) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    const [only] = queues;
    if (uri === '' && !found.has('queues')) return says('unknown', 'CUPS on the client does not answer.', 'Check with "lpstat -r".');
    if (uri === '')
      return says(
        'unknown',
        `There is no queue ${queue} on this client.`,
        queues.length > 0 ? `Choose one of these: ${queues.join(', ')}.` : 'No queue here prints on a CUPS server.',
        only && queues.length === 1 ? [{ field: 'queue', value: only, because: 'It is the only one that prints on a CUPS server.' }] : [],
      );
    if (!found.has('host'))
      return says(
        'not-affected',
        'The queue does not print on a queue of a CUPS server.',
        uri.startsWith('dnssd:')
          ? 'It was found by Bonjour. Give it the server’s address (ipp://SERVER/printers/NAME) and check again.'
          : 'The client has to filter documents for this printer.',
      );
    if (found.get('ppd') === 'none')
      return says('not-affected', 'The queue has no PPD: it is raw, and passes documents on.', 'Look at the server’s own driver.');
    if (isEverywhere) return says('already-fixed', 'It is an IPP Everywhere queue: the server gets documents as they are.', 'Nothing needs to be done.');
    if (Number.isNaN(pass + taken)) return says('unknown', 'The PPD could not be read.', 'Check as root.');
    if (passes && way === 'lines')
      return says('already-fixed', 'The PPD passes documents on.', 'If the page log is still wrong, look at the server’s own driver.');
    return says(
      'affected',
      passes ? 'The PPD passes documents on; the queue is not an IPP Everywhere queue.' : 'The client filters documents before it sends them to the server.',
      'Start the run.',
    );
  },
};

function serverFindings(output: string): ProbeFinding[] {
  const found = readings(output);
  const format = found.get('format');
  const [, jobs, uncounted] = /^jobs=(\d+) counted=\d+ uncounted=(\d+) /m.exec(output) ?? [];
  return [
    {
      label: 'PageLogFormat on the server',
      value: format ?? '',
      means: format === undefined ? 'It could not be read.' : format === '' ? 'No page log is written. The run sets it.' : 'A page log is written.',
      speaks: 'neither',
    },
    ...(jobs === undefined
      ? []
      : [
          {
            label: 'Jobs with 0 or 1 page',
            value: `${uncounted} of ${jobs}`,
            means: 'in the server’s page log, of all its queues. Alone it proves nothing: jobs of one page are ordinary.',
            speaks: 'neither' as const,
          },
        ]),
  ];
}
