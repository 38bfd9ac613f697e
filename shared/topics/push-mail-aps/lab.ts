/** The rehearsal: OS X Server 10.10 whose mail service was set up in the Server app, with push left off. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

export const labGuid = '3F2504E0-4F89-41D3-9A0C-0305E82C3301';

const files = (failure: string | null): LabFile[] => [
  {
    path: 'mail.state',
    content: `setting=${failure === 'certificates' ? 'yes' : failure === 'other-release' ? 'none' : 'no'}\nadvertised=no\nstate=${failure === 'stopped' ? 'STOPPED' : 'RUNNING'}\n`,
  },
  { path: 'plays', content: `${failure ?? ''}\n` },
  {
    path: 'root/Library/Logs/Mail/push_notify.log',
    content: `Feb 21 20:13:27 mail.example.org push_notify[22848]: ApplePushServiceProvider: Warning: no device map found for ${labGuid}\n`,
  },
  { path: 'root/Library/Server/Mail/Data/mta/guid_device_maps.plist', content: '<plist version="1.0"><dict/></plist>\n' },
];

export const lab: Lab = {
  scenario: 'A mail server with OS X Server 10.10: phones show “Fetch” instead of “Push”',
  failures: [
    {
      id: 'stopped',
      title: 'The mail service does not run',
      story: 'Nobody answers on port 993, so nothing is known of capabilities.',
      stopsAt: { step: 'look', rule: 'no-answer' },
      wayOut: 'remedy',
    },
    {
      id: 'other-release',
      title: 'Another release, without this setting',
      story: 'serveradmin does not know it. It is not set.',
      stopsAt: { step: 'look', rule: 'no-setting' },
      wayOut: 'undo',
    },
    {
      id: 'certificates',
      title: 'The setting is on, and the push certificate has expired',
      story: 'It has to be renewed every year. That is another cause.',
      stopsAt: { step: 'look', rule: 'on-already' },
      wayOut: 'undo',
    },
    {
      id: 'not-read',
      title: 'Dovecot has not read its new configuration',
      story: 'The setting is on, and the server says the same as before.',
      stopsAt: { step: 'after', rule: 'advertised' },
      wayOut: 'remedy',
    },
    {
      id: 'old-account',
      title: 'The phone does not register by itself',
      story: 'It keeps what it knew of the account, until that is added again.',
      stopsAt: { step: 'phone', rule: 'registered' },
      wayOut: 'remedy',
    },
  ],
  facts: { was: 'no' },
  files,
};
