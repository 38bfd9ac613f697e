/** Whether this is the signing master, and what its CRL says of the nodes. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import { daysLeft, paths } from './ca-programs.ts';
import { nodesOf, type Parameters } from './parameters.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['Icinga’s version', 'whether the key of its CA is here', 'the CRL and when it ends', 'crl_path'],
  uses: ['task', 'nodes', 'remind', 'api'],
  needsRoot: true,
  script: ({ api }) => sh`icinga2 --version 2>/dev/null | sed -n 's/.*(version: [rv]*\\([0-9.]*\\).*/version=\\1/p'
if [ -s ${file(paths.key)} ]; then echo ca=here; else echo ca=missing; fi
${daysLeft}
grep -l 'object ApiListener' ${file('/etc/icinga2/features-enabled')}/* ${file('/etc/icinga2')}/*.conf 2>/dev/null | head -n 1 | sed 's/^/api=/'
if [ -r ${file(api)} ]; then echo "path=$(grep -c '^[[:space:]]*crl_path' ${file(api)})"; fi
if [ -r ${file(paths.index)} ]; then awk -F '\\t' '$1 == "R" { all = all " " $6 } END { print "revoked=" all " " }' ${file(paths.index)}; else echo revoked=none; fi`,
  judge: ({ output }, { task, nodes, remind, ...rest }) => {
    const found = readings(output);
    const version = found.get('version') ?? '';
    const days = found.get('crl-days') ?? '';
    const left = /^-?\d+$/.test(days) ? Number(days) : Number.NaN;
    const used = Number(found.get('path') || Number.NaN);
    const revoked = ` ${found.get('revoked') ?? ''} `;
    const names = nodesOf({ task, nodes, remind, ...rest }).map(({ name }) => name);
    const accepted = names.filter((name) => !revoked.includes(` /CN=${name} `));
    const there = found.get('api') ?? '';
    const api = Number.isNaN(used) && /^\/[A-Za-z0-9_./@+-]+$/.test(there) ? there : '';
    const findings: ProbeFinding[] = [
      { label: 'Icinga', value: version || 'not found', means: 'its version.', speaks: 'neither' },
      {
        label: 'CRL',
        value: days === 'none' ? 'none' : Number.isNaN(left) ? 'not read' : left < 0 ? 'ended' : `ends in ${left} days, ${found.get('crl-ends') ?? ''}`,
        means: left < 0 ? 'Every node is refused now.' : 'When it ends, every node is refused.',
        speaks: left < remind ? 'for' : 'neither',
      },
      {
        label: 'Nodes in the database of revoked ones',
        value: `${names.length - accepted.length} of ${names.length}`,
        means: accepted.length > 0 ? `Not there: ${accepted.slice(0, 5).join(', ')}.` : 'All of them.',
        speaks: 'neither',
      },
      ...(Number.isNaN(used)
        ? []
        : [{ label: 'crl_path', value: used > 0 ? 'set' : 'not set', means: 'in the configuration of the API.', speaks: 'neither' as const }]),
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      ...(api !== '' && { proposes: [{ field: 'api', value: api, because: 'The object ApiListener is there.' }] }),
    });
    if (found.get('ca') === undefined) return says('unknown', 'The machine could not be looked at.', 'Check again, as root.');
    if (version === '') return says('unknown', 'Icinga’s version could not be read.', 'Check that icinga2 is installed here.');
    if (/^(?:1\.|2\.[0-6](?:\.|$))/.test(version)) return says('not-affected', `Icinga ${version} cannot load a CRL.`, 'Upgrade to 2.7.0 or newer first.');
    if (found.get('ca') === 'missing') return says('not-affected', 'The key of Icinga’s CA is not here.', 'Check the signing master.');
    if (task === 'restore') {
      if (days === 'none' || accepted.length === names.length)
        return says('already-fixed', 'None of these nodes is revoked.', 'Nothing needs to be done here.');
      return says('affected', 'Some of these nodes are revoked.', 'Start the run.');
    }
    if (days !== 'none' && Number.isNaN(left))
      return says('unknown', 'When the CRL ends could not be read.', 'Check /var/lib/icinga2/certs/crl.pem with "openssl crl".');
    if (Number.isNaN(used)) return says('unknown', `The configuration of the API could not be read.`, 'Give its path.');
    if (left < 0 && used > 0) return says('affected', 'The CRL has ended: every node is refused.', 'Start the run: it makes a new one.');
    if (days === 'none' || used === 0) return says('affected', 'Icinga uses no CRL.', 'Start the run.');
    if (accepted.length > 0) return says('affected', 'Some of these nodes are not revoked.', 'Start the run.');
    if (left <= remind) return says('affected', `The CRL ends in ${left} days.`, 'Start the run: it renews it.');
    return says('already-fixed', 'All of these nodes are revoked, and Icinga uses the CRL.', `It ends in ${left} days.`);
  },
};
