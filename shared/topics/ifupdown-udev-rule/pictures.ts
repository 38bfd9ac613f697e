/** Who brings the interface up at boot, with the old rule and without it. */
import type { PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

export function pictures({ iface }: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const moved = done.has('move');
  return [
    {
      kind: 'graph',
      id: 'boot',
      title: `Who brings ${iface} up at boot`,
      caption: moved
        ? 'Only networking.service runs ifup, and the up lines run to their end.'
        : 'udev runs ifup first, and ends it before its up lines have run. networking.service then finds the interface already configured.',
      nodes: [
        { id: 'driver', title: iface, text: 'driver is there', column: 0, row: 0 },
        ...(moved
          ? []
          : [
              { id: 'udev', title: 'udev', text: '85-ifupdown.rules', column: 1, row: 0, tone: 'bad' as const },
              { id: 'first', title: 'First ifup', text: 'ended by udev', column: 2, row: 0, tone: 'bad' as const },
            ]),
        { id: 'networking', title: 'networking.service', text: moved ? 'runs ifup' : 'later', column: 1, row: 1 },
        {
          id: 'second',
          title: moved ? 'ifup' : 'Second ifup',
          text: moved ? 'up lines run' : 'already configured',
          column: 2,
          row: 1,
          tone: moved ? 'good' : 'bad',
        },
      ],
      edges: [
        ...(moved
          ? []
          : [
              { from: 'driver', to: 'udev', label: 'add', tone: 'bad' as const },
              { from: 'udev', to: 'first', label: 'runs', tone: 'bad' as const },
            ]),
        { from: 'driver', to: 'networking', label: 'boot goes ahead' },
        { from: 'networking', to: 'second', label: moved ? 'runs' : 'does nothing', tone: moved ? 'good' : 'bad', dashed: !moved },
      ],
    },
  ];
}
