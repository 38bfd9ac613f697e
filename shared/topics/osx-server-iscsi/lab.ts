/** The rehearsal: a Mac mini Server with 10.6 whose calendars are on its internal disk, and an iSCSI disk that is connected. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const data = 'root/Library/CalendarServer/Documents';

const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  {
    path: 'mac.state',
    content: `state=RUNNING\npath=${data}\nmounted=${failure === 'not-connected' ? 'no' : 'yes'}\nowners=${failure === 'owners-ignored' ? 'Disabled' : 'Enabled'}\n`,
  },
  { path: `${data}/calendars/anna.ics`, content: 'BEGIN:VCALENDAR\nEND:VCALENDAR\n' },
  { path: `${data}/calendars/ben with blanks.ics`, content: 'BEGIN:VCALENDAR\nEND:VCALENDAR\n' },
  { path: 'root/Volumes/Calendar/.keep', content: '' },
  { path: 'root/Library/LaunchDaemons/.keep', content: '' },
  { path: 'root/etc/certificates/server.key.pem', content: 'key\n' },
  ...(failure === 'second-mount' ? [{ path: 'root/Volumes/Calendar 1/Documents/empty', content: '' }] : []),
];

export const lab: Lab = {
  scenario: 'A Mac mini Server with Snow Leopard, whose disks nobody can take out',
  failures: [
    {
      id: 'not-connected',
      title: 'The iSCSI disk is not connected',
      story: 'The NAS was restarted, and the target was not persistent.',
      stopsAt: { step: 'look', rule: 'not-mounted' },
      wayOut: 'remedy',
    },
    {
      id: 'owners-ignored',
      title: 'The volume ignores owners',
      story: 'As new disks do. Every user could read the calendars.',
      stopsAt: { step: 'look', rule: 'owners' },
      wayOut: 'remedy',
    },
    {
      id: 'second-mount',
      title: 'The disk is mounted as “Calendar 1”',
      story: 'At the last boot the service was first, and made a folder below the mount point.',
      stopsAt: { step: 'look', rule: 'second' },
      wayOut: 'remedy',
    },
    {
      id: 'bad-copy',
      title: 'The copy is not the same',
      story: 'One file has another content. Nothing goes further, and the original is untouched.',
      stopsAt: { step: 'copy', rule: 'copy-same' },
      wayOut: 'undo',
    },
    {
      id: 'not-started',
      title: 'The service does not start from there',
      story: 'serveradmin ends with status 0. The old data is where it was.',
      stopsAt: { step: 'start', rule: 'running' },
      wayOut: 'undo',
    },
  ],
  facts: { old: data },
  files,
};
