/** What the log of the sync calls for. */
import { type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { showLog, showService } from './reading.ts';

const yes = 'true';
const no = 'false';

export const probe: Probe<Parameters> = {
  looksAt: ['the log of the sync, with what was rotated', 'the folders that it names', 'the state of the service, and how many updates are enabled'],
  uses: ['folders', 'catalog', 'enable', 'log'],
  needsRoot: true,
  script: ({ log }) => sh`${showService}
${showLog(log)}`,
  judge: ({ output }, { folders, catalog, enable }) => {
    const found = readings(output);
    const number = (name: string) => (/^\d+$/.test(found.get(name) ?? '') ? Number(found.get(name)) : null);
    const [missing, named, versions, gone, disabled] = ['folders', 'named', 'versions', 'gone', 'disabled'].map(number) as [
      number | null,
      number | null,
      number | null,
      number | null,
      number | null,
    ];
    const others = [...output.matchAll(/^(reason|strange): (\S+)[ \t]?(.*)$/gm)];
    const say = (value: number | null) => (value === null ? '' : String(value));
    const findings: ProbeFinding[] = [
      { label: 'Service', value: found.get('state') ?? '', means: found.get('state') === 'RUNNING' ? 'It runs.' : 'It does not run.', speaks: 'neither' },
      {
        label: 'Missing folders',
        value: say(missing),
        means: 'Files were refused because these are not there.',
        speaks: (missing ?? 0) > 0 ? 'for' : 'against',
      },
      {
        label: 'Products without a version',
        value: say(versions),
        means: 'The catalogues are corrupt where there is one.',
        speaks: (versions ?? 0) > 0 ? 'for' : 'against',
      },
      {
        label: 'Products no longer available',
        value: say(gone),
        means: 'A few are usual. Many may mean corrupt catalogues; alone they decide nothing.',
        speaks: 'neither',
      },
      {
        label: 'Updates not enabled',
        value: say(disabled),
        means: 'Clients are not offered these. That may be intended.',
        speaks: enable && (disabled ?? 0) > 0 ? 'for' : 'neither',
      },
      ...others.slice(0, 10).map(([, kind, product = '', reason = '']) => ({
        label: kind === 'reason' ? 'Another reason' : 'Strange address',
        value: product,
        means: kind === 'reason' ? `${reason} No folder is made for that.` : 'No folder is made for it.',
        speaks: 'neither' as const,
      })),
    ];
    const proposes: ProbeProposal[] = [
      ...((missing ?? 0) > 0 && !folders ? [{ field: 'folders', value: yes, because: `${missing} folders that the log names are missing.` }] : []),
      ...(missing === 0 && folders && ((versions ?? 0) > 0 || (enable && (disabled ?? 0) > 0))
        ? [{ field: 'folders', value: no, because: 'No folder that the log names is missing.' }]
        : []),
      ...((versions ?? 0) > 0 && !catalog ? [{ field: 'catalog', value: yes, because: 'The log names products without a version.' }] : []),
    ];
    const verdict = (is: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict: is,
      because,
      next,
      findings,
      proposes,
    });
    if (found.get('serveradmin') === 'missing')
      return verdict('not-affected', 'This is not Mac OS X Server: there is no serveradmin.', 'The service ended with macOS Server 5.7.');
    if (found.get('log') === 'unread') return verdict('unknown', 'The log of the sync could not be read.', 'Check its path, and check as root.');
    if ((found.get('content') ?? 'none') === 'none')
      return verdict('unknown', 'The folder of the updates was not found.', 'Check that the service was set up, and that its disk is mounted.');
    if (missing === null || versions === null || gone === null) return verdict('unknown', 'The log could not be read to its end.', 'Check again.');
    if (versions > 0)
      return verdict(
        'affected',
        'The log names products without a version: the catalogues are corrupt.',
        'Start the run with the catalogues first; missing folders are made in the same run.',
      );
    if (missing > 0) return verdict('affected', `${missing} folders that the log names are missing, so their files are refused.`, 'Start the run.');
    if (enable && disabled === null) return verdict('unknown', 'Which updates are enabled could not be read.', 'Check as root.');
    if (enable && (disabled ?? 0) > 0)
      return verdict('affected', `${disabled} updates are not enabled.`, 'Start the run if clients should be offered all of them.');
    if (gone >= 20)
      return verdict(
        'unknown',
        `The log names ${gone} products that are no longer available. That many may mean corrupt catalogues.`,
        'Check Server Admin for “_productId Update”. If it shows that, choose to fetch the catalogues again.',
      );
    if ((named ?? 0) > 0 || found.get('rebuilt') === 'yes' || enable)
      return verdict('already-fixed', 'What the log has complained about is there now.', 'Sync, and check again.');
    return verdict(
      'not-affected',
      'The log has none of these complaints.',
      others.length > 0 ? 'Files were refused for other reasons: read them above.' : 'Nothing has to be done.',
    );
  },
};
