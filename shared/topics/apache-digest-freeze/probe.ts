/** Whether this Apache uses Digest, and shows the trouble. */
import { file, type Probe, type ProbeJudgement, readings, sh } from '../../topic-kit/index.ts';
import { type Parameters, variantOf } from './parameters.ts';
import { htaccessWith, sectionsFunction } from './served.ts';

const titles = { debian: 'Debian or Ubuntu', rhel: 'Red Hat or Fedora', 'os-x-server': 'OS X Server 5' } as const;
type System = keyof typeof titles;
const others = ({ system }: Parameters): System[] => (Object.keys(titles) as System[]).filter((each) => each !== system);
const used = '^[[:space:]]*AuthType[[:space:]]+"?Digest';
const loaded = '^[[:space:]]*(AuthDigest|LoadModule.*digest)';

export const probe: Probe<Parameters> = {
  looksAt: [
    'the configuration’s folder',
    'what Apache reads (apachectl -t -D DUMP_INCLUDES, DUMP_CONFIG), what of it uses Digest, and .htaccess files',
    'which lines load or set its module',
    'AH00161 in the error log',
    'the processes of Apache',
  ],
  uses: ['system', 'folder'],
  needsRoot: true,
  script: (values) => {
    const variant = variantOf(values);
    const { folder, errorLog } = variant;
    const configs = sh`{ read_files; find -H ${file(folder)} -type f -name '*.conf'; } 2> /dev/null | sort -u | tr '\\n' '\\0' | xargs -0`;
    return sh`if [ -d ${file(folder)} ]; then echo folder=yes; else echo folder=no; fi
${others(values)
  .map((system) => system)
  .reduce(
    (before, system) => sh`${before}if [ -d ${file(variantOf({ system, folder: '' }).folder)} ]; then echo ${`other-${system}=yes`}; fi
`,
    sh``,
  )}${sectionsFunction(variant)}
${configs} cat 2> /dev/null | grep -c -i -E ${used} | sed 's/^/digest=/'
sections | awk -F '\\t' '$1 == "digest"' | grep -c . | sed 's/^/sections=/'
{ ${htaccessWith(used)}; } 2> /dev/null | grep -c . | sed 's/^/htaccess=/'
${configs} cat 2> /dev/null | grep -c -i -E ${loaded} | sed 's/^/lines=/'
${configs} cat 2> /dev/null | grep -c . | sed 's/^/read=/'
grep -c AH00161 ${file(errorLog)} | sed 's/^/ran-out=/'
ps -A -o comm= | grep -c -E '(^|/)(apache2|httpd)$' | sed 's/^/processes=/'`;
  },
  judge: ({ output }, values) => judge(readings(output), values),
};

function judge(found: ReadonlyMap<string, string>, values: Parameters): ProbeJudgement {
  const { folder, errorLog } = variantOf(values);
  const number = (name: string) => Number(found.get(name) ?? Number.NaN);
  // What is in a macro, a variable or another file than *.conf counts as well; a line can be in both numbers.
  const byApache = found.has('sections') ? number('sections') : 0;
  const htaccessFiles = found.has('htaccess') ? number('htaccess') : 0;
  const digest = Math.max(number('digest'), byApache);
  const [lines, ranOut] = [number('lines'), number('ran-out')];
  const findings: ProbeJudgement['findings'] = [
    {
      label: 'AuthType Digest',
      value: `${digest} times`,
      means: `in what Apache reads, and in the *.conf below ${folder}.`,
      speaks: digest > 0 ? 'for' : 'against',
    },
    { label: 'Lines of its module', value: String(lines), means: 'load or set it.', speaks: lines > 0 ? 'for' : 'against' },
    {
      label: 'AH00161',
      value: Number.isNaN(ranOut) ? 'not read' : String(ranOut),
      means: ranOut > 0 ? 'Apache ran out of children.' : `${errorLog} does not say that Apache ran out of children.`,
      speaks: ranOut > 0 ? 'for' : 'neither',
    },
    {
      label: 'Processes of Apache',
      value: found.get('processes') ?? '',
      means: 'are there now. Hundreds of idle ones are typical of this problem.',
      speaks: 'neither',
    },
  ];
  const instead = others(values).find((system) => found.get(`other-${system}`) === 'yes');
  if (found.get('folder') === 'no' && instead && values.folder === '')
    return {
      verdict: 'unknown',
      because: `There is no ${folder}; this is Apache of ${titles[instead]}.`,
      next: `Choose "${titles[instead]}", and check again.`,
      findings: [],
      proposes: [{ field: 'system', value: instead, because: 'Its configuration is there.' }],
    };
  if (found.get('folder') !== 'yes')
    return { verdict: 'not-affected', because: `There is no ${folder}.`, next: 'If Apache’s configuration is elsewhere, name its folder.', findings: [] };
  if (Number.isNaN(digest) || Number.isNaN(lines) || !(number('read') > 0))
    return { verdict: 'unknown', because: 'The configuration could not be read.', next: 'Check again as root.', findings: [] };
  if (htaccessFiles > 0)
    return {
      verdict: 'affected',
      because: `${htaccessFiles} .htaccess ${htaccessFiles === 1 ? 'file uses' : 'files use'} Digest.`,
      next: 'The run does not change those, and stops while they need the module. Change them by hand first: the first step names each.',
      findings,
    };
  if (digest === 0 && lines === 0)
    return {
      verdict: 'already-fixed',
      because: 'Nothing that Apache reads uses Digest.',
      next: 'If Apache still hangs, it is a different problem.',
      findings,
    };
  if (digest === 0)
    return {
      verdict: 'affected',
      because: 'No site uses Digest any more, but its module is still loaded or set.',
      next: 'The run takes those lines out. Start it.',
      findings,
    };
  return { verdict: 'affected', because: 'Sites use Digest.', next: 'Whether children are stuck is measured in the first steps. Start the run.', findings };
}
