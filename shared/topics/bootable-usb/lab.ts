/** The rehearsal: a folder with a UEFI shell, a stick in a socket, and what can go wrong. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

/** The stick as the form names it. */
export const labDevice = '/dev/sdb | SanDisk | Ultra USB 3.0 | 4C530001230501 | 67108864';

const stickState = (failure: string | null) => `vendor=SanDisk
model=Ultra USB 3.0
serial=${failure === 'stick-swapped' ? '4C530001998877' : '4C530001230501'}
bytes=67108864
mounted=${failure === 'stick-mounted' ? '/media/you/HOLIDAY' : ''}
played=
`;

function files(failure: string | null): LabFile[] {
  const result: LabFile[] = [
    { path: 'stick.state', content: stickState(failure) },
    { path: 'stick.content', content: 'holiday pictures\n' },
    { path: 'downloads/files/EFI/BOOT/BOOTX64.EFI', content: 'MZ: plays a UEFI shell.\n' },
    { path: 'downloads/files/startup.nsh', content: 'echo -off\nmap -b\n' },
    { path: 'downloads/files/TOOLS/READ ME.TXT', content: 'Files here are started by hand.\n' },
    { path: 'downloads/installer.img', content: 'plays an image of an installer\n' },
    // SHA-256 of the line above.
    { path: 'downloads/installer.img.sha256', content: `${installerDigest}  installer.img\n` },
  ];
  if (failure === 'bad-name') result.push({ path: 'downloads/files/TOOLS/what now?.txt', content: 'A name that FAT32 does not know.\n' });
  if (failure !== null) result.push({ path: 'failure', content: `${failure}\n` });
  return result;
}
const installerDigest = '6178a54b06650f49000c19b6afcd7eb48671c9f720214f6191b7ce18caf5ef2e';

const atWriting = (rule: string, also: string) => ({ step: 'write-stick', rule, also: [also] });
const failures: readonly LabFailure[] = [
  {
    id: 'bad-name',
    title: 'A name that FAT32 can’t hold',
    story: 'A file in the folder has a question mark in its name. The check finds it before anything is written.',
    stopsAt: { step: 'check-source', rule: 'bad-name' },
    wayOut: 'remedy',
  },
  {
    id: 'stick-swapped',
    title: 'Another stick in the socket',
    story: 'Between choosing and writing, somebody put another stick of the same kind into the socket. Its serial number gives it away.',
    stopsAt: atWriting('other-device', 'refused'),
    wayOut: 'remedy',
  },
  {
    id: 'stick-mounted',
    title: 'The stick is mounted',
    story: 'The file manager has mounted the stick meanwhile. The kernel refuses access, and nothing is written.',
    stopsAt: atWriting('in-use', 'refused'),
    wayOut: 'remedy',
  },
  {
    id: 'stick-pulled',
    title: 'Pulled out while it is written',
    story: 'The stick is pulled out half-way. The stick is marked as incomplete, and it is written again.',
    stopsAt: atWriting('gone', 'failed'),
    wayOut: 'remedy',
  },
  {
    id: 'bad-sector',
    title: 'A sector that can’t be written',
    story: 'The stick is worn out: one sector can no longer be written. The error names it.',
    stopsAt: atWriting('bad-sector', 'failed'),
    wayOut: 'none',
  },
  {
    id: 'lying-stick',
    title: 'A stick that is smaller than it says',
    story: 'A forged stick takes everything without an error and keeps the first part only. Reading back past the cache reveals it.',
    stopsAt: atWriting('does-not-hold', 'failed'),
    wayOut: 'none',
  },
];

export const lab: Lab = { scenario: 'A folder with a UEFI shell, and a 64 MB stick with holiday pictures in the socket', failures, facts: {}, files };
