/** Which account the server sees now, and whether that may change with a remote desktop session. */
import { file, type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import { agentFile, type Parameters } from './parameters.ts';
import { agent, identity, mounts, tickets } from './reading.ts';

/** `alice` and `EXAMPLE\\alice` are the same account here; capitals do not matter in Active Directory. */
export const isUser = (seen: string, principal: string) => (seen.split('\\').at(-1) ?? '').toLowerCase() === (principal.split('@')[0] ?? '').toLowerCase();

export const probe: Probe<Parameters> = {
  looksAt: [
    'Kerberos tickets in all caches',
    'the account that the server says it has logged in',
    'mounted shares',
    'the agent that gets new tickets',
    'whether the Mac is bound to a domain',
  ],
  uses: ['server', 'principal', 'renew', 'home'],
  script: ({ server, home }) => sh`printf 'home=%s\\n' "$HOME"
dsconfigad -show 2>/dev/null | sed -n 's/^Active Directory Domain *= */bound=/p'
${tickets}
if command -v smbutil >/dev/null 2>&1; then echo smbutil=yes; fi
${identity(server)}
${mounts(server)}
${agent}
${home === '' ? sh`:` : sh`[ ! -e ${file(agentFile(home))} ] || echo agent-file=yes`}`,
  judge: ({ output }, { principal, renew, home }) => {
    const found = readings(output);
    const caches = output.split('\n').flatMap((line) => {
      const [name = '', place = '', state] = line.startsWith('cache=') ? line.slice('cache='.length).trim().split(' ') : [];
      return name === '' ? [] : [{ name, place, valid: state === 'valid' }];
    });
    const realm = principal.split('@')[1] ?? '';
    const own = caches.find(({ name, valid }) => valid && name.toLowerCase() === principal.toLowerCase());
    const others = caches.filter(({ name, valid }) => valid && name.endsWith(`@${realm}`) && name.toLowerCase() !== principal.toLowerCase());
    const user = found.get('user') ?? '';
    const right = user !== '' && isUser(user, principal);
    const renewed = renew !== 'agent' || (found.get('agent') === 'loaded' && found.get('agent-status') === '0');
    const findings: ProbeFinding[] = [
      {
        label: 'The server sees',
        value: user,
        means: right ? 'That is the account you want.' : 'That is another account.',
        speaks: user === '' ? 'neither' : right ? 'against' : 'for',
      },
      {
        label: 'Ticket of your account',
        value: own ? own.place : 'none',
        means: own ? 'It is used before the keychain’s password.' : 'Without one, any other ticket wins, or else the keychain’s password.',
        speaks: own ? 'against' : 'for',
      },
      ...others.map(({ name, place }) => ({
        label: 'Another ticket',
        value: name,
        means: `${place === 'default' ? 'It is the default. ' : ''}Remote Desktop may have got it.`,
        speaks: 'for' as const,
      })),
      { label: 'Agent', value: found.get('agent') ?? '', means: 'gets a new ticket before the old one ends.', speaks: renewed ? 'against' : 'for' },
    ];
    const proposes: ProbeProposal[] =
      renew === 'agent' && home === '' && found.get('home') ? [{ field: 'home', value: found.get('home') ?? '', because: 'It is this account’s.' }] : [];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (found.get('smbutil') !== 'yes') return says('unknown', 'There is no smbutil here.', 'Check on the Mac.');
    if (found.get('tickets-looked') !== 'yes') return says('unknown', 'The tickets could not be read.', 'Run "klist -l" on the Mac.');
    if (found.get('bound'))
      return says(
        'not-affected',
        `This Mac is bound to ${found.get('bound')}: it gets the ticket when you log in.`,
        'If the server still sees another account, look at "klist -l".',
      );
    if (user === '')
      return says('unknown', 'The server did not say whom it sees.', 'Read the line "smbutil:" in the output: the server may be away, or its name wrong.');
    if (right && own && renewed && (others.length === 0 || own.place === 'default'))
      return says(
        'already-fixed',
        'The server sees your account by its ticket, and new tickets come by themselves.',
        'Check again while a remote desktop session is open.',
      );
    if (!right) return says('affected', `The server sees ${user}, not ${principal}.`, 'Start the run.');
    if (!own)
      return says(
        'affected',
        'The server sees your account by the keychain’s password only. With a remote desktop session it may see another one.',
        'Start the run.',
      );
    if (!renewed) return says('affected', 'The server sees your account, but nothing gets a new ticket when this one ends.', 'Start the run.');
    return says('affected', 'Another account’s ticket is the default one.', 'Start the run.');
  },
};
