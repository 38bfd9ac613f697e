/** Three volumes, and what lies on each of them now. */
import { onlyCopies, type PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { disksAfter, type Place, type Thing, things } from './volumes.ts';

const systems: ReadonlySet<Thing> = new Set(['snowLeopard', 'lion', 'lionServer', 'oldServer']);

export function pictures({ volumeA, volumeB, oldServer }: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const disks = disksAfter(done);
  const names: Record<Place, string> = { a: volumeA, b: volumeB, old: oldServer };
  const places: readonly Place[] = ['a', 'b', 'old'];
  const text = (place: Place, thing: Thing) => {
    if (systems.has(thing)) return place === disks.booted ? 'the Mac runs from it' : '';
    return onlyCopies(disks, place).includes(thing) ? 'only copy' : '';
  };
  const words = places.map((place) => `${names[place]}: ${disks.held[place].map((thing) => things[thing]).join(', ') || 'empty'}`);
  return [
    {
      kind: 'shelves',
      id: 'disks',
      title: 'What is on which volume',
      caption: `${words.join('. ')}. The Mac runs from ${names[disks.booted]}.`,
      shelves: places.map((place) => ({
        label: names[place],
        items: disks.held[place].map((thing) => ({
          label: things[thing],
          text: text(place, thing),
          tone: systems.has(thing)
            ? place === disks.booted
              ? ('accent' as const)
              : ('plain' as const)
            : text(place, thing) === ''
              ? ('good' as const)
              : ('warning' as const),
        })),
      })),
    },
  ];
}
