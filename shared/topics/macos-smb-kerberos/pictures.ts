/** Which account the server sees, and why. */
import type { PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures({ principal = 'you' }: Partial<Parameters>, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const own = done.has('ticket');
  const you = principal.split('@')[0] ?? '';
  return [
    {
      kind: 'graph',
      id: 'identity',
      title: 'Which identity is used when',
      caption: own
        ? 'Your own ticket is the default. It comes before the other account’s and before the password in the keychain.'
        : 'macOS tries Kerberos first: while Remote Desktop has a ticket the server sees that account, and else the one in the keychain, by NTLMv2.',
      nodes: [
        { id: 'own', title: 'Your ticket', text: own ? you : 'none', column: 0, row: 0, tone: own ? 'good' : 'quiet' },
        { id: 'rdp', title: 'Ticket of Remote Desktop', text: 'another account', column: 0, row: 1, tone: own ? 'quiet' : 'bad' },
        { id: 'keychain', title: 'Password in the keychain', text: you, column: 0, row: 2, tone: 'quiet' },
        { id: 'mac', title: 'SMB client', text: 'Kerberos before NTLMv2', column: 1, row: 1 },
        { id: 'server', title: 'File server', text: own ? `sees ${you}` : 'sees one or the other', column: 2, row: 1, tone: own ? 'good' : 'bad' },
      ],
      edges: [
        { from: 'own', to: 'mac', label: own ? 'first' : 'missing', tone: own ? 'good' : 'quiet', dashed: !own },
        { from: 'rdp', to: 'mac', label: own ? 'not used' : 'while a session is open', tone: own ? 'quiet' : 'bad', dashed: own },
        { from: 'keychain', to: 'mac', label: own ? 'not used' : 'else', tone: 'quiet', dashed: true },
        { from: 'mac', to: 'server', label: own ? 'Kerberos' : 'Kerberos or NTLMv2', tone: own ? 'good' : 'bad' },
      ],
    },
  ];
}
