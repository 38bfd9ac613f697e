/** The share as a guest meets it: what Windows' installer will do, done here first. */
import { escapeRegExp, type Matcher, type Step, sh } from '../../topic-kit/index.ts';
import { installersOf, type Parameters } from './parameters.ts';
import { server } from './samba.ts';

export function guestStep(values: Parameters): Step {
  const { server: address, share, user } = values;
  const installers = installersOf(values);
  const reads = installers.map(
    ({ folder }) =>
      sh`smbclient ${`//${address}/${share}`} -U ${`${user}%bar`} -c ${`ls "${windowsPath(folder)}\\setup.exe"`} && echo ${`A guest reads: ${folder}`}`,
  );
  return {
    kind: 'command',
    id: 'guest',
    title: 'Check it as Windows will',
    intro: `Lists the shares without a name, then each setup.exe as ${user}, a user that does not exist.`,
    danger: 'reads',
    runsOn: server,
    script: reads.reduce((all, one) => sh`${all}\n${one}`, sh`smbclient -N -g -L ${`//${address}`}`),
    matchers: [
      {
        kind: 'failure',
        id: 'user-known',
        pattern: /NT_STATUS_LOGON_FAILURE/,
        means: `Samba knows a user ${user}, so its password would count; or it accepts no guests.`,
        next: 'Undo the run, and start a new run with a name that no user has.',
      },
      {
        kind: 'failure',
        id: 'no-connection',
        pattern: /NT_STATUS_(CONNECTION_REFUSED|IO_TIMEOUT|HOST_UNREACHABLE|NETWORK_UNREACHABLE|UNSUCCESSFUL|NOT_FOUND)/,
        means: `Samba does not answer at ${address}.`,
        next: 'Check "interfaces" in smb.conf, the packet filter, and the address.',
      },
      {
        kind: 'failure',
        id: 'not-readable',
        pattern: /NT_STATUS_(ACCESS_DENIED|NO_SUCH_FILE|OBJECT_NAME_NOT_FOUND|OBJECT_PATH_NOT_FOUND|BAD_NETWORK_NAME)/,
        means: 'A guest can’t get there: the share or the file is closed, or is not there.',
        next: 'Let everybody read it (chmod -R a+rX), check "hosts allow" in smb.conf, then run the step again.',
      },
      {
        kind: 'expected',
        id: 'listed',
        pattern: new RegExp(`^Disk\\|${share}\\|`, 'i'),
        means: 'The share is listed to everybody.',
        missing: 'The share is not listed.',
        next: 'Look for "browseable = no" or "restrict anonymous" in smb.conf.',
      },
      ...installers.map(
        ({ folder }, index): Matcher => ({
          kind: 'expected',
          id: `reads-${index + 1}`,
          pattern: new RegExp(`^A guest reads: ${escapeRegExp(folder)}$`),
          means: `A guest reads setup.exe of ${folder}.`,
          missing: `A guest can’t read setup.exe of ${folder}.`,
          next: 'Read the lines above, and run the step again when that is fixed.',
        }),
      ),
    ],
  };
}

export const windowsPath = (path: string): string => path.replaceAll('/', '\\');
