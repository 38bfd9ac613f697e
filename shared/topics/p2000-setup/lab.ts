/** The rehearsal: an array as it comes, with five disks. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const disks = (failure: string | null) =>
  [1, 2, 3, 4, 5]
    .filter((slot) => !(failure === 'missing' && slot === 3))
    .map((slot) => `1.${slot} ${failure === 'leftover' && slot === 2 ? 'LEFTOVR' : 'AVAIL'}\n`)
    .join('');
const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  {
    path: 'array.state',
    content: `health=${failure === 'not-well' ? 'Degraded' : 'OK'}\nip.a=10.0.0.2\nip.b=10.0.0.3\nmode.a=DHCP\nmode.b=DHCP\nmanage=\nadmin=\nkeeps=${failure === 'still-open' ? 'yes' : 'no'}\n`,
  },
  { path: 'disks', content: disks(failure) },
  ...['vdisks', 'volumes', 'hosts', 'maps'].map((path) => ({ path, content: '' })),
];

export const lab: Lab = {
  scenario: 'A P2000 G3 as it comes: DHCP, default passwords, five disks',
  failures: [
    {
      id: 'not-well',
      title: 'The array is not well',
      story: 'A power supply has no current.',
      stopsAt: { step: 'system', rule: 'not-well' },
      wayOut: 'remedy',
    },
    {
      id: 'missing',
      title: 'A disk is missing',
      story: 'One bay has a blank cover, which looks like a disk.',
      stopsAt: { step: 'disks', rule: 'slot-1-3' },
      wayOut: 'remedy',
    },
    {
      id: 'leftover',
      title: 'A disk was in another array',
      story: 'A used disk still has the mark of another array, and perhaps its data.',
      stopsAt: { step: 'disks', rule: 'leftover' },
      wayOut: 'undo',
    },
    {
      id: 'still-open',
      title: 'The hidden account keeps its default password',
      story: 'The array says Success, and the other controller puts the old password back.',
      stopsAt: { step: 'old-refused', rule: 'still-open' },
      wayOut: 'remedy',
    },
    {
      id: 'seen-by-all',
      title: 'A new volume is mapped to everybody',
      story: 'This firmware maps new volumes to all hosts, whatever the command says.',
      stopsAt: { step: 'volume-vol1', rule: 'seen-by-all' },
      wayOut: 'undo',
    },
  ],
  facts: {},
  files,
};
