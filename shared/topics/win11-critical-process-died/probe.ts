/** Whether the volume that is mounted holds a Windows that died so, and how far it is. */
import { file, type Probe, type ProbeJudgement, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { findHives, highestNumber } from './volume.ts';

/** At byte 56 of a 64-bit crash dump stands the code of the crash; 0xEF is CRITICAL_PROCESS_DIED. Source: Microsoft’s wdm.h and dump headers. */
export const probe: Probe<Parameters> = {
  looksAt: [
    'the hives SOFTWARE and SYSTEM',
    'the newest crash dump, and whether Windows has written its registry since',
    'renamed hives',
    'whether sfc has run since',
  ],
  uses: ['volume'],
  needsRoot: true,
  script: (values) => sh`${findHives(values)}
${highestNumber}
[ -z "$config" ] || echo config=yes
echo "software=\${software:+yes}"
echo "system=\${system:+yes}"
echo "pair=$pair"
dump=$(ls -t ${file(values.volume)}/[Ww][Ii][Nn][Dd][Oo][Ww][Ss]/[Mm][Ee][Mm][Oo][Rr][Yy].[Dd][Mm][Pp] ${file(values.volume)}/[Ww][Ii][Nn][Dd][Oo][Ww][Ss]/[Mm][Ii][Nn][Ii][Dd][Uu][Mm][Pp]/*.[Dd][Mm][Pp] 2> /dev/null | head -n 1)
if [ -n "$dump" ] && [ "$(head -c 8 "$dump")" = PAGEDU64 ]; then
  echo "crash=$(od -A n -t x1 -j 56 -N 4 "$dump" | tr -d ' ')"
  [ -z "$system" ] || [ -z "$(find "$system" -newer "$dump")" ] || echo since=yes
  for log in ${file(values.volume)}/[Ww][Ii][Nn][Dd][Oo][Ww][Ss]/[Ll][Oo][Gg][Ss]/[Cc][Bb][Ss]/[Cc][Bb][Ss].[Ll][Oo][Gg]; do
    [ ! -f "$log" ] || [ -z "$(find "$log" -newer "$dump")" ] || ! grep -q -a -F '[SR] Verify complete' "$log" || echo checked=yes
  done
fi`,
  judge: ({ output }) => judge(readings(output)),
};

const criticalProcessDied = 'ef000000';

function judge(found: ReadonlyMap<string, string>): ProbeJudgement {
  const hives = found.get('software') === 'yes' && found.get('system') === 'yes';
  const pair = found.get('pair') ?? '';
  const crash = found.get('crash') ?? '';
  const since = found.get('since') === 'yes';
  const checked = found.get('checked') === 'yes';
  const died = crash === criticalProcessDied;
  const findings: ProbeJudgement['findings'] = [
    { label: 'Hives', value: hives ? 'there' : 'not there', means: hives ? 'They can be renamed.' : 'Windows can’t start without them.', speaks: 'neither' },
    {
      label: 'Newest crash',
      value: crash === '' ? 'no dump' : died ? 'CRITICAL_PROCESS_DIED' : `another (${crash})`,
      means:
        crash === ''
          ? 'A Windows that dies early leaves none. The blue screen counts.'
          : died
            ? 'It is what this procedure is for.'
            : 'It is a different problem.',
      speaks: died ? 'for' : crash === '' ? 'neither' : 'against',
    },
    {
      label: 'Registry',
      value: since ? 'newer than the crash' : 'not newer than a crash',
      means: since ? 'Windows, a failed boot, or a restore has written since.' : 'Nothing was written since.',
      speaks: 'neither',
    },
    {
      label: 'Renamed hives',
      value: pair === '' ? 'none' : `number ${pair}`,
      means: pair === '' ? 'There is no sign of an earlier attempt.' : 'They stay as they are.',
      speaks: 'neither',
    },
    {
      label: 'sfc',
      value: checked ? 'ran after the crash' : 'not seen after the crash',
      means: checked ? 'Windows ran long enough to check its files.' : 'There is no sign that Windows has run since.',
      speaks: checked ? 'against' : 'neither',
    },
  ];
  if (found.get('config') !== 'yes')
    return { verdict: 'not-affected', because: 'No Windows is at this folder.', next: 'Mount the volume with Windows there, and check again.', findings: [] };
  if (!hives && pair !== '')
    return {
      verdict: 'already-fixed',
      because: `The hives are renamed already (number ${pair}).`,
      next: 'Continue with System Restore in Windows’ recovery environment, or rename them back.',
      findings,
    };
  if (!hives)
    return {
      verdict: 'unknown',
      because: 'SOFTWARE or SYSTEM is missing, and no renamed pair is there.',
      next: 'Check the volume with chkdsk. A backup may be the only solution.',
      findings,
    };
  // A newer registry alone proves little: a Windows that dies early writes it too, and leaves no dump of its own. sfc of the Windows that
  // runs says "[SR] Verify complete" in its CBS.log (Microsoft's page on sfc, from memory); the recovery environment has that log on X:.
  if (died && since && (checked || pair !== ''))
    return {
      verdict: 'already-fixed',
      because: checked
        ? 'The registry was written after the last crash, and sfc has run since.'
        : `The registry was written after the last crash, and the hives of before have number ${pair}.`,
      next: 'If Windows still does not start, start the run.',
      findings,
    };
  if (died && since)
    return {
      verdict: 'unknown',
      because: 'The registry was written after the last crash, which a start that dies early does too.',
      next: 'If the blue screen says CRITICAL_PROCESS_DIED, start the run.',
      findings,
    };
  if (died) return { verdict: 'affected', because: 'Windows died with CRITICAL_PROCESS_DIED, and has not run since.', next: 'Start the run.', findings };
  return {
    verdict: 'unknown',
    because: crash === '' ? 'There is no crash dump.' : 'The newest crash is a different one.',
    next: 'If the blue screen says CRITICAL_PROCESS_DIED, start the run.',
    findings,
  };
}
