/** Whether this Apache uses Digest, and shows the trouble. */
import { file, type Probe, type ProbeJudgement, readings, sh } from '../../topic-kit/index.ts';
import { type Parameters, variantOf } from './parameters.ts';

const other = { debian: 'os-x-server', 'os-x-server': 'debian' } as const;
const titles = { debian: 'Debian or Ubuntu', 'os-x-server': 'OS X Server 5' } as const;
const used = '^[[:space:]]*AuthType[[:space:]]+"?Digest';
const loaded = '^[[:space:]]*(AuthDigest|LoadModule.*digest)';

export const probe: Probe<Parameters> = {
  looksAt: [
    'the configuration’s folder',
    'how many *.conf use Digest, and which lines load or set its module',
    'AH00161 in the error log',
    'the processes of Apache',
  ],
  uses: ['system', 'folder'],
  needsRoot: true,
  script: (values) => {
    const { folder, errorLog } = variantOf(values);
    const configs = sh`find -H ${file(folder)} -type f -name '*.conf' -exec`;
    return sh`if [ -d ${file(folder)} ]; then echo folder=yes; else echo folder=no; fi
if [ -d ${file(variantOf({ system: other[values.system], folder: '' }).folder)} ]; then echo other=yes; else echo other=no; fi
${configs} cat {} + | grep -c -i -E ${used} | sed 's/^/digest=/'
${configs} cat {} + | grep -c -i -E ${loaded} | sed 's/^/lines=/'
${configs} cat {} + | grep -c . | sed 's/^/read=/'
grep -c AH00161 ${file(errorLog)} | sed 's/^/ran-out=/'
ps -A -o comm= | grep -c -E '(^|/)(apache2|httpd)$' | sed 's/^/processes=/'`;
  },
  judge: ({ output }, values) => judge(readings(output), values),
};

function judge(found: ReadonlyMap<string, string>, values: Parameters): ProbeJudgement {
  const { folder, errorLog } = variantOf(values);
  const number = (name: string) => Number(found.get(name) ?? Number.NaN);
  const [digest, lines, ranOut] = [number('digest'), number('lines'), number('ran-out')];
  const findings: ProbeJudgement['findings'] = [
    { label: 'AuthType Digest', value: `${digest} times`, means: `in the *.conf below ${folder}.`, speaks: digest > 0 ? 'for' : 'against' },
    { label: 'Lines of its module', value: String(lines), means: 'load or set it.', speaks: lines > 0 ? 'for' : 'against' },
    {
      label: 'AH00161',
      value: Number.isNaN(ranOut) ? 'not read' : String(ranOut),
      means: ranOut > 0 ? 'Apache ran out of children.' : `${errorLog} does not tell that Apache ran out of children.`,
      speaks: ranOut > 0 ? 'for' : 'neither',
    },
    {
      label: 'Processes of Apache',
      value: found.get('processes') ?? '',
      means: 'are there now. Hundreds of them that do nothing are the sign of it.',
      speaks: 'neither',
    },
  ];
  if (found.get('folder') === 'no' && found.get('other') === 'yes' && values.folder === '')
    return {
      verdict: 'unknown',
      because: `There is no ${folder}; this is Apache of ${titles[other[values.system]]}.`,
      next: `Choose "${titles[other[values.system]]}", and look again.`,
      findings: [],
      proposes: [{ field: 'system', value: other[values.system], because: 'Its configuration is there.' }],
    };
  if (found.get('folder') !== 'yes')
    return { verdict: 'not-affected', because: `There is no ${folder}.`, next: 'Name the folder, if Apache’s configuration is elsewhere.', findings: [] };
  if (Number.isNaN(digest) || Number.isNaN(lines) || !(number('read') > 0))
    return { verdict: 'unknown', because: 'The configuration could not be read.', next: 'Look with root’s rights.', findings: [] };
  if (digest === 0 && lines === 0)
    return {
      verdict: 'already-fixed',
      because: 'No *.conf uses Digest.',
      next: 'If Apache hangs all the same, look for Digest in .htaccess files; else it is another trouble.',
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
