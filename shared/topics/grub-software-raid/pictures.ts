/** The array, its disks, and from which of them the machine starts. */
import type { PictureText, PictureTone } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { type DiskState, diskStates, moduleFor } from './readable.ts';

const shown: Record<DiskState['code'], readonly [string, PictureTone]> = {
  grub: ['starts', 'good'],
  old: ['another GRUB: may stop', 'warning'],
  other: ['another boot loader', 'warning'],
  none: ['does not start', 'bad'],
  unread: ['not read', 'quiet'],
};

export function pictures(_: Parameters, { facts, done }: { facts: Readonly<Record<string, string>>; done: ReadonlySet<string> }): PictureText[] {
  const isRead = facts.states !== undefined;
  const states = diskStates((done.has('check') ? facts['states-after'] : facts.states) ?? 'sda:grub sdb:none');
  const metadata = facts.metadata ?? '1.2';
  const starts = states.filter(({ code }) => code === 'grub').map(({ disk }) => disk);
  return [
    {
      kind: 'shelves',
      id: 'array',
      title: isRead ? 'From which disks the machine starts' : 'From which disks a machine starts: an example',
      caption: `${starts.length === 0 ? 'From none of them' : `From ${starts.join(', ')}`}, of ${states.length} disks. GRUB reads metadata ${metadata} with ${moduleFor(metadata)}.`,
      shelves: [
        {
          label: `${facts.array ?? 'md0'}, ${facts.level ?? 'raid1'}, metadata ${metadata}`,
          items: states.map(({ disk, code }) => ({ label: disk, text: shown[code][0], tone: shown[code][1] })),
        },
      ],
    },
  ];
}
