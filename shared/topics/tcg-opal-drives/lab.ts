/** The rehearsal: a machine with a SATA and an NVMe drive, and a kernel that keeps TCG commands back. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'drives.state', content: `tools=${failure === 'no-tools' ? 'no' : 'yes'}\nline=${failure === 'refused' ? 'no' : 'yes'}\n` },
  { path: 'root/sys/module/libata/parameters/allow_tpm', content: '0\n' },
  { path: 'root/sys/block/sda/size', content: '976773168\n' },
  { path: 'root/sys/block/sr0/size', content: '0\n' },
  ...(failure === 'hidden' ? [] : [{ path: 'root/sys/block/nvme0n1/size', content: '1000215216\n' }]),
];

export const lab: Lab = {
  scenario: 'A machine with a Samsung SSD 850 EVO and a 960 PRO, on which SATA drives seem to have no Opal',
  failures: [
    { id: 'no-tools', title: 'The tools are missing', story: 'hdparm is not installed.', stopsAt: { step: 'look', rule: 'no-hdparm' }, wayOut: 'remedy' },
    {
      id: 'refused',
      title: 'The kernel refuses the value',
      story: 'The setting cannot be changed while the kernel runs, as in a container.',
      stopsAt: { step: 'allow', rule: 'refused' },
      wayOut: 'remedy',
    },
    {
      id: 'locked',
      title: 'A drive is locked',
      story: 'Somebody has set up Opal on it, and it was not unlocked after the start.',
      stopsAt: { step: 'ask', rule: 'locked' },
      wayOut: 'undo',
    },
    {
      id: 'hidden',
      title: 'A controller hides the drive',
      story: 'The only drive is a RAID controller’s volume. hdparm prints its name, and ends with status 0.',
      stopsAt: { step: 'ask', rule: 'no-ata' },
      wayOut: 'undo',
    },
  ],
  facts: {},
  files,
};
