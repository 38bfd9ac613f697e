/** Whether the proxy keeps another file than the index names. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import { compare } from './comparing.ts';
import type { Parameters } from './parameters.ts';

const served = { same: 'what the index names', differs: 'another file', unreachable: '', none: 'no proxy' } as const;
type Served = keyof typeof served;

export const probe: Probe<Parameters> = {
  looksAt: ['what the signed index names', 'what the repository serves', 'what the proxy serves', 'copies in the proxy’s cache'],
  uses: ['pkg', 'proxy', 'cache'],
  machines: ['client', 'proxy'],
  script: ({ pkg, proxy, cache }, { machine }) =>
    machine === 'proxy'
      ? sh`find ${file(cache)} -type f -name ${`${pkg}_*.deb`} | wc -l | sed 's/^ */copies=/'`
      : sh`${compare({ pkg, proxy })}
copy=${file('/var/cache/apt/archives')}/$file
[ ! -e "$copy" ] || [ "$($sum <"$copy" | cut -d' ' -f1)" != "$wanted" ] || echo archive=right`,
  judge: ({ output, machines = {} }) => {
    const found = readings(output);
    const at = (name: string) => (found.get(name) as Served | undefined) ?? 'unreachable';
    const [origin, proxy] = [at('origin'), at('proxy')];
    const copies = machines.proxy && readings(machines.proxy.output).get('copies');
    const findings: ProbeFinding[] = [
      { label: 'Index', value: found.get('index.size') ?? '', means: 'Bytes that the signed index names.', speaks: 'neither' },
      {
        label: 'Repository',
        value: served[origin] && `${served[origin]}, ${found.get('origin.size')} bytes`,
        means: origin === 'same' ? 'The repository is right.' : 'Without the right file there, nothing is removed.',
        speaks: origin === 'differs' ? 'against' : 'neither',
      },
      {
        label: 'Proxy',
        value: served[proxy] && (proxy === 'none' ? served.none : `${served[proxy]}, ${found.get('proxy.size')} bytes`),
        means: proxy === 'differs' ? 'It keeps an old copy.' : 'It is not the cause.',
        speaks: proxy === 'differs' ? 'for' : 'against',
      },
      ...(machines.proxy ? [{ label: 'Copies in the cache', value: copies ?? '', means: 'Files of this package there.', speaks: 'neither' as const }] : []),
    ];
    if (found.get('index') === 'missing')
      return { verdict: 'unknown', because: 'Apt has no such package in its index.', next: 'Check the name, and run "apt-get update".', findings: [] };
    if (origin === 'differs')
      return {
        verdict: 'not-affected',
        because: 'The repository itself serves another file than its signed index names.',
        next: 'Run "apt-get update" and check again. If it stays so, do not install the file and report it.',
        findings,
      };
    if (origin === 'unreachable' || proxy === 'unreachable')
      return {
        verdict: 'unknown',
        because: `${origin === 'unreachable' ? 'The repository' : 'The proxy'} could not be reached.`,
        next: 'Check the network of this client.',
        findings,
      };
    if (proxy === 'none') return { verdict: 'not-affected', because: 'Apt uses no proxy here.', next: 'Run "apt-get clean" and try again.', findings };
    if (found.get('archive') === 'right')
      return {
        verdict: 'already-fixed',
        because: 'The right file is in apt’s archive on this client, whatever the proxy serves.',
        next: 'Install the package.',
        findings,
      };
    if (proxy === 'same') return { verdict: 'already-fixed', because: 'The proxy serves what the index names.', next: 'Install the package.', findings };
    return { verdict: 'affected', because: 'The proxy serves another file than the repository and its index.', next: 'Start the run.', findings };
  },
};
