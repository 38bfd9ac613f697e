/** Whether zmsaupdate uses an option that the installed sa-update refuses. */
import { asUser, file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { saUpdate, script } from './steps.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the script zmsaupdate', 'what the installed sa-update says of the option', 'whether rule updates are switched on'],
  uses: [],
  needsRoot: true,
  script: () => sh`if [ ! -e ${file(script)} ]; then echo script=missing
elif [ ! -r ${file(script)} ]; then echo script=unreadable
elif grep -q antispam_saupdate_reallyallowplugins ${file(script)}; then echo script=repaired
elif grep -v '^[[:space:]]*#' ${file(script)} | grep -q -e ' --allowplugins'; then echo script=uses
else echo script=without; fi
if [ -e ${file(saUpdate)} ]; then
  ${asUser('zimbra', file(saUpdate), '--version')} 2>/dev/null | head -n 1 | sed 's/^/sa-update=/'
  ${asUser('zimbra', file(saUpdate), '--allowplugins', '--checkonly')} >/dev/null 2>&1
  echo "status=$?"
  echo "updates=$(${asUser('zimbra', file('/opt/zimbra/bin/zmlocalconfig'), '-m', 'nokey', 'antispam_enable_rule_updates')} 2>/dev/null)"
fi`,
  judge: ({ output }) => {
    const found = readings(output);
    const [text, status] = [found.get('script'), found.get('status')];
    const findings: ProbeFinding[] = [
      {
        label: 'zmsaupdate',
        value: text === 'uses' ? 'uses --allowplugins' : (text ?? 'not read'),
        means: `in ${script}.`,
        speaks: text === 'uses' ? 'for' : 'against',
      },
      {
        label: 'sa-update',
        value: found.get('sa-update') ?? 'not found',
        means: status === '2' ? 'It refuses --allowplugins.' : `With --allowplugins it ends with ${status ?? 'nothing'}.`,
        speaks: status === '2' ? 'for' : 'against',
      },
      {
        label: 'Rule updates',
        value: found.get('updates') || 'not read',
        means: 'If they are off, zmsaupdate does nothing and shows no error.',
        speaks: 'neither',
      },
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({ verdict, because, next, findings });
    if (text === undefined || text === 'unreadable') return says('unknown', 'The script could not be read.', 'Check as root.');
    if (text === 'missing') return says('not-affected', 'There is no zmsaupdate here.', 'Check the MTA node.');
    if (text === 'repaired') return says('already-fixed', 'This Zimbra has the repaired script.', 'Nothing needs to be done.');
    if (text === 'without')
      return says('already-fixed', 'The script does not use the option.', 'If it still fails, read which code it says: 4 is the network.');
    if (status === undefined) return says('unknown', 'There is no sa-update where this Zimbra version should have it.', `Check ${saUpdate}.`);
    if (status === '2') return says('affected', 'The script uses an option that this sa-update refuses.', 'Start the run.');
    return says('not-affected', 'This sa-update does not refuse the option.', 'Another cause ends it. Read which code zmsaupdate says.');
  },
};
