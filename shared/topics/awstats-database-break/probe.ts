/** Whether AWStats offers views for which nothing makes the files. */
import { anywhere, file, type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import { breaksOf, type Parameters } from './parameters.ts';
import { cronFile, cronLine } from './schedule.ts';
import { countFiles, installed, viewsOf } from './views.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['AWStats’ version', 'history files of months, days and hours', 'what AWStats says of these views', 'the cron job of this procedure'],
  uses: ['way', 'breaks', 'config', 'script', 'data', 'user'],
  needsRoot: true,
  script: (
    values,
  ) => sh`for one in ${file('/etc/awstats')}/awstats.*.conf; do [ ! -e "$one" ] || { name=\${one##*/awstats.}; echo "\${name%.conf}"; }; done | awk '{ all = all " " $0 } END { print "configs=" substr(all, 2) }'
sed -n 's/^[[:space:]]*DirData[[:space:]]*=[[:space:]]*"\\{0,1\\}\\([^"#]*\\)"\\{0,1\\}[[:space:]]*$/dirdata=\\1/p' ${file(`/etc/awstats/awstats.${values.config}.conf`)} 2>/dev/null | tail -n 1
${installed(values)}
${countFiles(values)}
if [ -e ${file(cronFile)} ]; then printf 'cron=%s\\n' "$(grep -c -x -F -e ${anywhere(cronLine(values))} ${file(cronFile)})"; else echo cron=0; fi
${viewsOf(values)}`,
  judge: ({ output }, values) => {
    const found = readings(output);
    const { way, config, data } = values;
    const kinds = breaksOf(values);
    const version = found.get('version') ?? '';
    const names = (found.get('configs') ?? '').split(' ').filter(Boolean);
    const views = [...output.matchAll(/^view (day|hour) [\d-]+: (.+)$/gm)].map(([, kind = '', said = '']) => ({ kind, said: said.trim() }));
    const never = views.some(({ said }) => said === 'never updated');
    const offers = Number(found.get('field') || Number.NaN) > 0;
    const findings: ProbeFinding[] = [
      { label: 'AWStats', value: version, means: 'From 7.8 on its page offers daily and hourly views.', speaks: 'neither' },
      ...(found.has('month')
        ? [
            {
              label: 'History files',
              value: `months ${found.get('month')}, days ${found.get('day')}, hours ${found.get('hour')}`,
              means: 'Those of days and hours are made only if somebody asks AWStats to.',
              speaks: 'neither' as const,
            },
          ]
        : []),
      ...views.map(({ kind, said }) => ({
        label: kind === 'day' ? 'Daily view' : 'Hourly view',
        value: said,
        means: said === 'never updated' ? 'The page is empty.' : 'It has statistics.',
        speaks: said === 'never updated' ? ('for' as const) : ('against' as const),
      })),
      { label: 'Cron job of this procedure', value: found.get('cron') === '1' ? 'there' : 'not there', means: 'keeps them up to date.', speaks: 'neither' },
    ];
    const [only] = names;
    const dirData = found.get('dirdata');
    const proposes: ProbeProposal[] = [
      ...(only && names.length === 1 && only !== config ? [{ field: 'config', value: only, because: 'It is the only one there.' }] : []),
      ...(dirData?.startsWith('/') && dirData.replace(/\/$/, '') !== data
        ? [{ field: 'data', value: dirData.replace(/\/$/, ''), because: `DirData of ${config} says so.` }]
        : []),
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (version === '') return says('unknown', `There is no ${values.script}, or it could not be read.`, 'Name the right place of awstats.pl.');
    if (/^(?:[0-6]\.|7\.[0-7](?:\D|$))/.test(version)) return says('not-affected', 'This AWStats is older than 7.8.', 'Its page does not offer these views.');
    if (!offers) return says('already-fixed', 'awstats.pl does not offer daily and hourly views any more.', 'Nothing needs to be done.');
    if (proposes.length > 0) return says('unknown', 'The form does not fit this server.', 'Let it be filled in, and check again.');
    if (!names.includes(config))
      return says('unknown', `There is no configuration ${config}.`, names.length > 0 ? `Choose one of these: ${names.join(', ')}.` : 'Name the right one.');
    if (views.length < kinds.length)
      return says('unknown', 'AWStats did not say when these views were updated.', 'Check that the monthly statistics are there, and the user.');
    if (never) return says('affected', 'The page offers views that AWStats says were never updated.', 'Start the run.');
    if (way === 'update' && found.get('cron') === '1')
      return says('already-fixed', 'These views have statistics, and a cron job keeps them up to date.', 'Nothing needs to be done.');
    return says('not-affected', 'These views have statistics.', 'If they are old, look at what updates them: "grep -r databasebreak /etc/cron*".');
  },
};
