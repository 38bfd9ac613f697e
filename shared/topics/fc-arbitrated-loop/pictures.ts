/** The ring, and what else each node is joined to. */
import type { PictureText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { cablesOf, parseNodes, speedOf } from './ring.ts';
import { ringPlaces } from './ring-places.ts';

export function pictures({ nodes: text }: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const nodes = parseNodes(text);
  const speed = speedOf(nodes);
  const places = ringPlaces(nodes.length);
  const tone = done.has('up') ? ('good' as const) : ('plain' as const);
  return [
    {
      kind: 'graph',
      id: 'ring',
      title: 'The loop',
      caption: `${nodes.length} nodes${speed === null ? ' without a common speed' : ` at ${speed} Gbit/s`}. Each arrow is one fibre, from TX to RX. If one node is off, the whole loop is down, and the path by the switch is left.`,
      nodes: nodes.map(({ name, speed: own }, index) => ({
        id: name,
        title: name,
        text: `${own} Gbit/s`,
        column: places[index]?.column ?? 0,
        row: places[index]?.row ?? 0,
        tone,
      })),
      edges: cablesOf(nodes).map(({ number, from, to }) => ({ from, to, label: String(number), tone })),
    },
  ];
}
