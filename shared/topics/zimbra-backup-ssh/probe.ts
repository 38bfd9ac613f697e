/** Whether Zimbra's own SSH key is one that sshd refuses. */
import { asUser, type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { bin, hostName, keyType, login } from './zimbra-programs.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the type of Zimbra’s SSH key', 'the login that mailboxd makes with it', 'the name and port for it in LDAP'],
  uses: ['host', 'port'],
  needsRoot: true,
  script: (values) => sh`${keyType} | sed 's/^key: /key=/'
${hostName(values)}
echo "host=$host"
${asUser('zimbra', bin('zmprov'), '-l', 'gs')} "$host" zimbraRemoteManagementPort 2>/dev/null | sed -n 's/^zimbraRemoteManagementPort: /port=/p'
${login(values)} | sed 's/^login: /login=/'`,
  judge: ({ output }, { host, port }) => {
    const found = readings(output);
    const [key, login, name, there] = [found.get('key') ?? '', found.get('login') ?? '', found.get('host') ?? '', found.get('port') ?? ''];
    const dsa = key.startsWith('DSA ');
    const findings: ProbeFinding[] = [
      {
        label: 'Key of the user zimbra',
        value: key || 'not read',
        means: dsa ? 'OpenSSH 7.0 and newer refuse it.' : 'with its bits.',
        speaks: dsa ? 'for' : 'against',
      },
      {
        label: 'Login as mailboxd does it',
        value: login || 'not tried',
        means: `to zimbra@${name || '?'}, port ${port}.`,
        speaks: login.startsWith('refused') ? 'for' : 'neither',
      },
    ];
    const proposes = [
      ...(name !== '' && host === '' ? [{ field: 'host', value: name, because: 'zmhostname says so.' }] : []),
      ...(/^\d+$/.test(there) && there !== String(port) ? [{ field: 'port', value: there, because: 'LDAP says so (zimbraRemoteManagementPort).' }] : []),
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (name === '') return says('unknown', 'Zimbra’s name of this server could not be read.', 'Check on the Zimbra server, as root.');
    if (key === '') return says('unknown', 'Zimbra’s key could not be read.', 'Check as root.');
    if (there !== '' && there !== String(port)) return says('unknown', `LDAP names port ${there}.`, 'Let the form be filled in, and check again.');
    if (key === 'missing') return says('affected', 'Zimbra has no SSH key.', 'Start the run: it makes one.');
    if (dsa && login === 'accepted')
      return says('affected', 'The key is DSA. This sshd still accepts it, and newer ones do not.', 'Take DSA out of sshd_config, then start the run.');
    if (dsa && login.startsWith('not reached')) return says('unknown', 'The key is DSA, and sshd was not reached.', 'Check that sshd runs on this port.');
    if (dsa) return says('affected', 'The key is DSA, and the login is refused.', 'Start the run.');
    if (login === 'accepted') return says('already-fixed', 'The key is not DSA, and the login works.', 'Nothing needs to be done.');
    if (login === 'refused')
      return says('not-affected', 'The key is not DSA, and is refused anyway.', 'Check authorized_keys, AllowUsers, and the rights on /opt/zimbra.');
    return says('unknown', 'The login could not be tried.', 'Check that sshd runs on this port.');
  },
};
