/** Whether domains hang, or will at their next start. */
import { file, type Probe, type ProbeJudgement, sh } from '../../topic-kit/index.ts';
import { domainsOf, showDomains } from './looks.ts';
import type { Parameters } from './parameters.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the toolstack and the device model', 'the nodes of each domain in xenstore', 'the device models’ logs', 'each domain’s configuration'],
  uses: ['toolstack', 'domains', 'deviceModel'],
  needsRoot: true,
  script: (values) => sh`${values.toolstack} list | head -n 1
for each in xm xl; do if command -v "$each" >/dev/null; then echo "toolstack: $each"; fi; done
[ -x ${file(values.deviceModel)} ] && echo 'device model: there'
${showDomains(values)}`,
  judge: ({ output }, values) => judge(output, values),
};

function judge(output: string, values: Parameters): ProbeJudgement {
  const lines = output.split('\n').map((line) => line.trim());
  const other = values.toolstack === 'xl' ? 'xm' : 'xl';
  if (!lines.some((line) => /^Name +ID +Mem/.test(line)))
    return {
      verdict: 'unknown',
      because: `${values.toolstack} does not answer.`,
      next: 'Check whether this is the Xen server, and which toolstack it has.',
      findings: [],
      proposes: lines.includes(`toolstack: ${other}`) ? [{ field: 'toolstack', value: other, because: `${other} is there.` }] : [],
    };
  const unasked = lines.find((line) => /^\S+ id=unknown /.test(line));
  if (unasked !== undefined)
    return {
      verdict: 'unknown',
      because: `${values.toolstack} does not say whether ${unasked.split(' ')[0]} runs.`,
      next: `Check what "${values.toolstack} list" says. If both toolstacks are there, choose the one that starts the domains.`,
      findings: [],
      proposes: [],
    };
  const domains = domainsOf(values).map(({ name, config }) => {
    const line = lines.find((each) => each.startsWith(`${name} id=`)) ?? '';
    const [, id = 'none', console = 'no', vfb = 'no', hangs = '0', set = 'missing'] =
      / id=(\S+) console=(\S+) vfb=(\S+) hangs=(\d+) config=(\S+)$/.exec(line) ?? [];
    return { name, config, runs: id !== 'none', nodes: console === 'yes' || vfb === 'yes', hangs: Number(hangs), set, line };
  });
  const findings: ProbeJudgement['findings'] = domains.map(({ name, runs, nodes, hangs, set, line }) => ({
    label: name,
    value: line.replace(/^\S+ /, ''),
    means: [
      runs ? 'It runs.' : 'It does not run.',
      hangs > 0 ? 'Its log shows the hang.' : '',
      set === 'wrapped' ? 'It is started with the wrapper.' : 'It is started without the wrapper.',
    ]
      .filter(Boolean)
      .join(' '),
    speaks: set === 'wrapped' && !nodes ? ('against' as const) : ('for' as const),
  }));
  const missing = domains.filter(({ set }) => set === 'missing');
  if (missing.length > 0)
    return {
      verdict: 'unknown',
      because: `${missing.map(({ config }) => config).join(', ')} can’t be read.`,
      next: 'Give the path of the configuration behind the domain’s name.',
      findings,
    };
  if (domains.every(({ set, nodes }) => set === 'wrapped' && !nodes))
    return {
      verdict: 'already-fixed',
      because: 'Every domain is started with the wrapper, and none has one of the nodes.',
      next: 'Nothing needs to be done.',
      findings,
    };
  const hanging = domains.filter(({ hangs, nodes }) => hangs > 0 && nodes).map(({ name }) => name);
  return {
    verdict: 'affected',
    because: hanging.length > 0 ? `${hanging.join(', ')} waits for its console, as the log says.` : 'Not every domain is started with the wrapper.',
    next: 'If Windows has Citrix’s drivers of XCP 1.0 or similar, start the run. With newer, signed drivers it is not needed.',
    findings,
  };
}
