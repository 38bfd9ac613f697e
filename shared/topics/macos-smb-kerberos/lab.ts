/** The rehearsal: a Mac on which Remote Desktop has left a ticket of another account. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'mac.state', content: `keychain=alice\nagent=none\nspn=${failure === 'no-spn' ? 'no' : 'yes'}\n` },
  { path: 'caches', content: 'rdpuser@EXAMPLE.COM default\n' },
  { path: 'mounts', content: '//alice@files.example.com/data on /Volumes/data (smbfs, nodev, nosuid, mounted by alice)\n' },
  { path: 'root/Users/alice/Library/.keep', content: '' },
];

export const lab: Lab = {
  scenario: 'A Mac whose file server sees another account while a remote desktop session is open',
  failures: [
    {
      id: 'wrong-password',
      title: 'The password is wrong',
      story: 'It was changed last week. kinit says so, and the server is not asked.',
      stopsAt: { step: 'ticket', rule: 'password' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'clock',
      title: 'The clock is wrong',
      story: 'The Mac’s clock is ten minutes late. Kerberos takes five.',
      stopsAt: { step: 'ticket', rule: 'clock' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'no-spn',
      title: 'The name is only an alias',
      story: 'The server has no service principal for this name. macOS asks it by NTLM, in spite of the ticket.',
      stopsAt: { step: 'ticket', rule: 'kerberos' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'busy',
      title: 'A file is open on the share',
      story: 'A program still uses the share, so it is not ejected.',
      stopsAt: { step: 'eject', rule: 'busy' },
      wayOut: 'remedy',
    },
    {
      id: 'session-wins',
      title: 'The session’s ticket becomes the default',
      story: 'Remote Desktop gets a new ticket, and makes it the default one. The last check finds that out.',
      stopsAt: { step: 'with-session', rule: 'user' },
      wayOut: 'remedy',
      inWay: null,
    },
  ],
  facts: {},
  ways: { app: { renew: 'app', ntlm: true } },
  files,
};
