/** Where the data is: nothing is deleted before the copy is proved, and nothing in this run. */
import type { PictureText } from '../../topic-kit/index.ts';
import { type Parameters, serviceOf } from './parameters.ts';

export function pictures(values: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const service = serviceOf(values);
  const copied = done.has('copy');
  const uses = done.has('switch');
  return [
    {
      kind: 'shelves',
      id: 'disks',
      title: 'Where the data is',
      caption: uses
        ? `The service ${service} uses the volume ${values.volume}. The old copy is on the internal disk still.`
        : copied
          ? `A proved copy is on ${values.volume}. The service still uses the internal disk.`
          : `The data of ${service} is on the internal disk only.`,
      shelves: [
        {
          label: 'Internal disk',
          items: [
            { label: `Data of ${service}`, text: uses ? 'old copy' : 'in use', tone: uses ? 'quiet' : 'accent' },
            { label: 'Directory, keys, swap', text: 'can’t be moved', tone: 'warning' },
          ],
        },
        { label: `${values.volume} on the NAS`, items: copied ? [{ label: `Data of ${service}`, text: uses ? 'in use' : 'proved copy', tone: 'good' }] : [] },
      ],
    },
  ];
}
