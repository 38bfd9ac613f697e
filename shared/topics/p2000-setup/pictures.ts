/** The disks, what they hold together, and who sees what. */
import type { PictureText } from '../../topic-kit/index.ts';
import { bothSizes, usableBytes, whyNotDisks } from './capacity.ts';
import { type Parameters, sizesOf } from './parameters.ts';
import { parseVolumes } from './volumes.ts';

export function pictures(values: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const sizes = sizesOf(values);
  const usable = whyNotDisks(values.level, sizes.length) ? 0 : usableBytes(values.level, sizes);
  const volumes = parseVolumes(values.volumes);
  const free = usable - volumes.reduce((sum, { gigabytes }) => sum + gigabytes * 1e9, 0);
  return [
    {
      kind: 'shelves',
      id: 'disks',
      title: 'Disks and volumes',
      caption: `${sizes.length} disks of ${values.terabytes} TB as ${values.level} hold ${bothSizes(usable)}.`,
      shelves: [
        {
          label: 'Enclosure 1',
          items: [
            ...sizes.map((_, index) => ({
              label: `1.${index + 1}`,
              text: `${values.terabytes} TB`,
              tone: done.has('vdisk') ? ('good' as const) : ('plain' as const),
            })),
            ...(values.spare
              ? [{ label: `1.${sizes.length + 1}`, text: 'global spare', tone: done.has('spare') ? ('accent' as const) : ('quiet' as const) }]
              : []),
          ],
        },
        {
          label: `vd01, ${values.level}`,
          items: [
            ...volumes.map(({ name, gigabytes, host, lun }) => ({
              label: name,
              text: `${gigabytes} GB → ${host}, LUN ${lun}`,
              share: gigabytes,
              tone: done.has(`map-${name.toLowerCase()}`) ? ('good' as const) : ('plain' as const),
            })),
            ...(free > 0 ? [{ label: 'free', text: bothSizes(free), share: free / 1e9, tone: 'quiet' as const }] : []),
          ],
        },
      ],
    },
  ];
}
