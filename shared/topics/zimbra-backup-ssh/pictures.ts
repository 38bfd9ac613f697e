/** Who logs in where, and with which key. */
import type { PictureText } from '../../topic-kit/index.ts';

export function pictures(_: unknown, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const made = done.has('make');
  const works = done.has('authorize');
  const tone = works ? 'good' : 'bad';
  return [
    {
      kind: 'graph',
      id: 'login',
      title: 'How Zimbra reaches itself',
      caption: works
        ? 'mailboxd logs in with the RSA key, and the backup runs.'
        : 'mailboxd logs in to its own server by SSH. sshd refuses a DSA key since OpenSSH 7.0, so the backup fails.',
      nodes: [
        { id: 'mailboxd', title: 'mailboxd', text: 'starts the backup', column: 0, row: 0 },
        { id: 'key', title: 'zimbra_identity', text: made ? 'RSA' : 'DSA, 1024 bits', column: 1, row: 0, tone: made ? 'good' : 'bad' },
        { id: 'sshd', title: 'sshd', text: works ? 'accepts it' : 'refuses it', column: 2, row: 0, tone },
        { id: 'zmrcd', title: 'zmrcd', text: works ? 'backs LDAP up' : 'is not started', column: 3, row: 0, tone: works ? 'good' : 'quiet' },
        { id: 'ldap', title: 'LDAP', text: 'zimbraSshPublicKey', column: 1, row: 1 },
        { id: 'others', title: 'Other servers', text: 'their own zmupdateauthkeys', column: 2, row: 1 },
      ],
      edges: [
        { from: 'mailboxd', to: 'key' },
        { from: 'key', to: 'sshd', tone },
        { from: 'sshd', to: 'zmrcd', tone, dashed: !works },
        { from: 'key', to: 'ldap', label: 'public key' },
        { from: 'ldap', to: 'others', label: 'read by' },
      ],
    },
  ];
}
