/** Whether the server is down after a boot because its interface came too late. */
import { file, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import { type Parameters, units } from './parameters.ts';
import { journal } from './steps.ts';

const count = (name: string, pattern: string) => sh`${journal} | grep -c -E ${pattern} | sed ${`s/^/${name}=/`}`;

export const probe: Probe<Parameters> = {
  looksAt: ['which unit there is', 'what systemd does after a failed start', 'what dhcpd has said since this boot', 'where the configuration is'],
  uses: ['unit', 'config'],
  needsRoot: true,
  script: ({ unit, config }) => sh`for unit in ${[...units]}; do systemctl show -p LoadState "$unit" | sed "s/^LoadState=/loaded.$unit=/"; done
systemctl show -p ActiveState,Restart,RestartUSec ${unit}
[ -e ${file(config)} ] && echo config=there
${count('late', '^No subnet declaration for [^ ]+ .no IPv4 addresses')}
${count('other', '^No subnet declaration for [^ ]+ .[0-9]')}
${count('gave-up', '^Not configured to listen on any interfaces')}`,
  judge: ({ output }, { unit, config }) => {
    const found = readings(output);
    const there = units.filter((each) => found.get(`loaded.${each}`) === 'loaded');
    const restart = found.get('Restart') ?? '';
    const retries = restart === 'on-failure' || restart === 'always';
    const [late, other, gaveUp] = ['late', 'other', 'gave-up'].map((name) => Number(found.get(name) ?? Number.NaN)) as [number, number, number];
    const findings: ProbeFinding[] = [
      {
        label: unit,
        value: found.get('ActiveState') ?? '',
        means: found.get('ActiveState') === 'active' ? 'It runs now.' : 'It does not run now.',
        speaks: found.get('ActiveState') === 'active' ? 'neither' : 'for',
      },
      {
        label: 'Restart',
        value: restart,
        means: retries ? `systemd tries again after ${found.get('RestartUSec')}.` : 'systemd does not try again.',
        speaks: retries ? 'against' : 'for',
      },
      {
        label: 'Interface without an address',
        value: String(late),
        means: 'Starts since this boot for which the interface came too late.',
        speaks: late > 0 ? 'for' : 'against',
      },
      {
        label: 'Interface without a subnet',
        value: String(other),
        means: 'Interfaces that had an address, and no subnet in dhcpd.conf.',
        speaks: other > 0 && late === 0 ? 'against' : 'neither',
      },
      ...(found.get('config') === 'there' ? [] : [{ label: 'Configuration', value: 'not there', means: `There is no ${config}.`, speaks: 'neither' as const }]),
    ];
    const [only] = there;
    const proposes = only && !there.includes(unit) ? [{ field: 'unit', value: only, because: `This server has ${only}.` }] : [];
    if (there.length === 0)
      return { verdict: 'not-affected', because: 'There is no unit of ISC DHCP.', next: 'Another program serves DHCP here, or none.', findings: [] };
    if (proposes.length > 0)
      return { verdict: 'unknown', because: `There is no ${unit}.`, next: 'Let the form be filled in, and check again.', findings, proposes };
    if (restart === '' || Number.isNaN(late + other + gaveUp))
      return { verdict: 'unknown', because: 'systemd or its journal could not be read.', next: 'Check as root.', findings };
    if (retries)
      return {
        verdict: 'already-fixed',
        because: 'systemd starts the server again after a failed start.',
        next: 'If it is still down, read its journal.',
        findings,
      };
    if (late > 0 && gaveUp > 0)
      return { verdict: 'affected', because: 'dhcpd ended because its interface had no address yet.', next: 'Start the run.', findings };
    if (other > 0)
      return {
        verdict: 'not-affected',
        because: 'The interface had its address; dhcpd.conf has no subnet for it.',
        next: 'Add the subnet declaration.',
        findings,
      };
    return {
      verdict: 'unknown',
      because: 'The journal of this boot says nothing of an interface that came too late.',
      next: 'Check again after a boot at which the server stayed down.',
      findings,
    };
  },
};
