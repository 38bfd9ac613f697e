/** The disk as it is divided, and what is in each part and beside it, after every step. */
import { onlyCopies, type PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { type PartName, planDisk, typedSize } from './plan.ts';
import { disksAfter, type Place, things } from './volumes.ts';

const placeOf: Readonly<Record<PartName, Place>> = { 'linux-boot': 'boot', 'linux-swap': 'swap', linux: 'linux', 'Macintosh HD': 'mac', Install: 'install' };
const beside: readonly { place: Place; label: string }[] = [
  { place: 'before', label: 'The disk as it was' },
  { place: 'backup', label: 'Backup' },
  { place: 'usb', label: 'USB disk' },
  { place: 'media', label: 'CDs and DVD' },
  { place: 'drivers', label: 'Driver partitions' },
];

export function pictures({ diskGb, linuxPercent }: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const { parts, usableMb, freeMb } = planDisk(diskGb, linuxPercent);
  const disks = disksAfter(done);
  const divided = done.has('partition');
  const inside = (place: Place) => disks.held[place].map((thing) => things[thing]).join(', ') || 'empty';
  const map = parts.map(({ name, sizeMb, becomes }) => {
    const place = placeOf[name];
    const text = divided ? inside(place) : `planned for ${becomes}`;
    return {
      label: `${name}, ${typedSize(sizeMb)}`,
      text,
      // The smallest would not be seen.
      share: Math.max(sizeMb, usableMb / 20),
      tone: !divided
        ? ('quiet' as const)
        : disks.booted === place
          ? ('accent' as const)
          : disks.held[place].length > 0
            ? ('good' as const)
            : ('plain' as const),
    };
  });
  return [
    {
      kind: 'shelves',
      id: 'disk',
      title: divided ? 'The disk now' : 'How the disk will be divided',
      caption: `${map.map(({ label, text }) => `${label}: ${text}`).join('. ')}. ${Math.round(freeMb)} MB stay free${diskGb > 137.4 ? ', as the iBook sees only the first 137 GB' : ''}.`,
      shelves: [{ label: `${diskGb} GB`, items: map }],
    },
    {
      kind: 'shelves',
      id: 'beside',
      title: 'What is elsewhere',
      caption: `${beside.map(({ place, label }) => `${label}: ${inside(place)}`).join('. ')}.`,
      shelves: beside.map(({ place, label }) => ({
        label,
        items: disks.held[place].map((thing) => {
          const only = place !== 'media' && onlyCopies(disks, place).includes(thing);
          return { label: things[thing], text: only ? 'only copy' : '', tone: only ? ('warning' as const) : ('good' as const) };
        }),
      })),
    },
  ];
}
