/** A client of a CUPS server passes documents on as they are, so that the server filters them once and counts their pages. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'cups-to-cups',
  version: 1,
  title: 'CUPS to CUPS with server-side processing',
  summary: 'Lets a client pass print jobs to its CUPS server as they are, so that the server filters them once and logs their pages and options.',
  category: 'Services & apps',
  platforms: ['Linux', 'macOS'],
  risk: { level: 'changes', text: 'Changes the PPD of one queue on the client, and one line of the server’s configuration. CUPS on the server is restarted.' },
  minutes: 9,
  fixes: [
    'A page_log on the server that says 0 or 1 page for every job, and nothing of paper, sides or colour.',
    'Print jobs that are filtered twice by the vendor’s driver, and grow by that.',
  ],
  needs: [
    'Root on the client; and on the print server, if it takes part.',
    'The printer’s driver on the server, with the same options.',
    'Paper for the test job.',
  ],
  cannotUndo: ['The pages of the test job are printed.'],
  corrections: [
    'With CUPS 2.2 and newer, IPP Everywhere (lpadmin -m everywhere) does the same without lines in a PPD: choose it in the form. cups-browsed makes such queues by itself. The lines are for queues that need the options of the vendor’s driver, and for older systems. CUPS 3 has no PPDs.',
    'CUPS 2.4.2 filters as before after "lpadmin -m everywhere" on a queue that is there, until it is given the new PPD with "lpadmin -P": seen in a test, and done here.',
    'The source calls the directive PrintLogFormat at one place. It is PageLogFormat, and it is empty by default: then there is no page log.',
    'The source sets a default with "lpadmin -d printername -d SelectColor=Grayscale". That would make printername the default printer of the system. It is "lpadmin -p printername -o SelectColor=Grayscale".',
    'Options at their default are not logged: the client sends only what was changed. An option that is set in the job is logged even if it equals the default. To have a default logged, set it on the client: "lpoptions -p QUEUE -o SelectColor=Grayscale".',
    'Uncertain: whether a default that is set on the server (lpadmin -o SelectColor-default=…) is logged.',
    'The source edits the PPD in place. CUPS keeps what it has read in a cache, and writes the file itself at any change; so a copy is edited and given to lpadmin -P.',
    'A vendor line for the same type at cost 0 is as cheap as a pass-through line: it becomes a comment. If the PPD has *cupsFilter2, CUPS ignores all *cupsFilter lines: then the five lines are of that kind.',
    'If the server’s driver has a filter of the vendor, cups-filters leaves counting to that filter. If that reports no pages, the log says 0 also afterwards.',
    'On macOS the same programs are used on the client. This was not tried on a Mac. "Add Printer" makes such a queue by itself if it finds the server by Bonjour.',
  ],
  sources: ['Notes on two CUPS servers and their page_log', 'filter(7), cupsd.conf(5), lpadmin(8)', 'What CUPS 2.4.2 and cups-filters 1.28 log and send'],
  search,
  symptoms: [
    { pattern: inOrder(/\bpage_?log\b/i, /\b(?:1|one|0|zero|wrong|missing|empty)\b/i), text: 'page_log says 1 page for every job' },
    {
      pattern: / \d+ \[\d+\/\w{3}\/\d{4}:[\d:]+ [+-]\d{4}\] (?:total [01]|1 1) /,
      text: 'hp smith 12 [28/Nov/2026:10:11:12 +0100] total 0 - localhost report - -',
    },
    {
      pattern: oneOf(/pdftopdf will not log pages in page_log|page logging turned off/i, /\bPageLogFormat\b/i),
      text: 'pdftopdf will not log pages in page_log',
    },
    { pattern: inOrder(/\bcups/i, /\b(?:twice|double|bigger|larger|grow\w*)\b/i), text: 'CUPS filters print jobs twice' },
  ],
  alsoCalled: [
    'page accounting does not count pages, copies or duplex of print jobs from CUPS clients',
    'cupsFilter pass-through, PPD on client and server, vendor filter runs twice',
    'print quota counts one page for each job, PyKota, PaperCut',
    'Druckserver zählt Seiten falsch, page_log zeigt nur eine Seite',
    'le serveur d’impression compte une seule page par travail',
    'el servidor de impresión cuenta una sola página por trabajo',
  ],
  parameters,
  labDefaults: { queue: 'hp', pages: '6' },
  machines: [
    {
      id: 'client',
      title: 'Print client',
      purpose: 'prints on the server’s queue',
      targets: ['local', 'ssh'],
      systems: {
        oneOf: [{ os: 'linux' }, { os: 'macos' }],
        tools: [
          { name: 'lpadmin', package: 'cups-client' },
          { name: 'cupstestppd', package: 'cups-client' },
        ],
      },
    },
    {
      id: 'server',
      title: 'Print server',
      purpose: 'filters the jobs and logs their pages',
      optional: true,
      targets: ['local', 'ssh'],
      systems: {
        oneOf: [{ os: 'linux' }],
        tools: [
          { name: 'systemctl', package: 'systemd' },
          { name: 'cupsd', package: 'cups-daemon' },
        ],
      },
    },
  ],
  steps,
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }, { os: 'macos' }] },
  lab,
});
