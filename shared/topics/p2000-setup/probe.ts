/** Whether an array answers where it comes from the factory, or at its new addresses. A login would be needed for more. */
import { type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

const places = ({ ipA, ipB }: Pick<Parameters, 'ipA' | 'ipB'>) => ({ 'factory-a': '10.0.0.2', 'factory-b': '10.0.0.3', 'new-a': ipA, 'new-b': ipB });
const ask = [
  '-o',
  'BatchMode=yes',
  '-o',
  'ConnectTimeout=3',
  '-o',
  'StrictHostKeyChecking=no',
  '-o',
  'UserKnownHostsFile=/dev/null',
  '-o',
  'HostKeyAlgorithms=+ssh-rsa',
];

export const probe: Probe<Parameters> = {
  looksAt: ['whether ssh answers at the factory’s addresses and at the new ones; nobody logs in'],
  uses: ['ipA', 'ipB'],
  script: (values) => {
    const [a, b, c, d] = Object.entries(places(values)).map(
      ([name, ip]) => sh`wb_said=$(LC_ALL=C ssh ${ask} ${`manage@${ip}`} exit 2>&1 < /dev/null)
case $wb_said in *"Permission denied"*) echo ${name}=answers ;; *"no matching"*) echo ${name}=old-ciphers ;; *) echo ${name}=silent ;; esac`,
    );
    return sh`${a ?? sh``}
${b ?? sh``}
${c ?? sh``}
${d ?? sh``}`;
  },
  judge: ({ output }, values) => {
    const found = readings(output);
    const at = (name: string) => ['answers', 'old-ciphers'].includes(found.get(name) ?? '');
    const findings: ProbeFinding[] = Object.entries(places(values)).map(([name, ip]) => ({
      label: ip,
      value: found.get(name) ?? 'not asked',
      means: at(name)
        ? found.get(name) === 'old-ciphers'
          ? 'Something answers that knows old ciphers only, as this array does.'
          : 'Something answers by ssh.'
        : 'Nobody answers by ssh.',
      speaks: !at(name) ? 'neither' : name.startsWith('new') ? 'against' : 'for',
    }));
    if (found.size === 0) return { verdict: 'unknown', because: 'The addresses could not be asked.', next: 'Check that this machine has ssh.', findings: [] };
    if (at('new-a') && at('new-b'))
      return {
        verdict: 'already-fixed',
        because: 'Both new addresses answer. Whether the passwords were changed, only a login shows.',
        next: 'If you are not sure of the hidden account: log in as admin with !admin. It must be refused.',
        findings,
      };
    if (at('factory-a') || at('factory-b'))
      return { verdict: 'affected', because: 'Something answers at an address that the array has from the factory.', next: 'Start the run.', findings };
    return {
      verdict: 'unknown',
      because: 'Neither its factory addresses nor the new ones answer. It may have others by DHCP.',
      next: 'Look at the DHCP server, or connect the serial console.',
      findings,
    };
  },
};
