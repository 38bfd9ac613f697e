/** The nodes of a loop, its cables, its speed and its limits. Pure. */
import { fibreChannelSpeeds, fibreChannelSpeedsOf, type MultimodeFibre, shortWaveReach } from '../../topic-kit/index.ts';

export interface LoopNode {
  name: string;
  /** Of its port, in Gbit/s. */
  speed: number;
  /** Of the cable to the next node. */
  metres: number;
}
/** 127 addresses (AL_PA), of which one is kept for a fabric. */
export const mostNodes = 126;

/** One node a line: its name, then its speed ("8G") and the length of the cable to the next ("5m"), in any order. Throws Error with the line. */
export function parseNodes(text: string): LoopNode[] {
  const nodes: LoopNode[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const [name, ...words] = raw.replace(/#.*/, '').trim().split(/\s+/);
    if (!name) continue;
    const at = `Line ${index + 1}`;
    if (!/^[A-Za-z0-9][A-Za-z0-9_.:-]*$/.test(name) || name.length > 30) throw new Error(`${at}: “${name}” is not a name such as server1 or array-B1`);
    if (nodes.some((node) => node.name === name)) throw new Error(`${at}: ${name} is named twice`);
    const node: LoopNode = { name, speed: 4, metres: 3 };
    for (const word of words) {
      const [, amount = '', unit = ''] = /^(\d{1,4})(g|m)$/i.exec(word) ?? [];
      if (unit === '') throw new Error(`${at}: “${word}” is neither a speed such as 8G nor a length such as 5m`);
      if (unit.toLowerCase() === 'g') node.speed = Number(amount);
      else node.metres = Number(amount);
    }
    if (!fibreChannelSpeeds.some((speed) => speed === node.speed)) throw new Error(`${at}: there is no Fibre Channel of ${node.speed} Gbit/s`);
    if (node.metres < 1) throw new Error(`${at}: a cable has at least 1 m`);
    nodes.push(node);
  }
  if (nodes.length < 2) throw new Error('A loop needs two nodes at least');
  if (nodes.length > mostNodes) throw new Error(`A loop has ${mostNodes} nodes at the most`);
  return nodes;
}

export interface Cable {
  number: number;
  from: string;
  to: string;
  metres: number;
}
/** TX of each to RX of the next, and from the last to the first. */
export const cablesOf = (nodes: readonly LoopNode[]): Cable[] =>
  nodes.map(({ name, metres }, index) => ({ number: index + 1, from: name, to: nodes[(index + 1) % nodes.length]?.name ?? '', metres }));

/** Counted by length; of two nodes one ordinary duplex cable does it, which is as long as the longer way. */
export function partsOf(nodes: readonly LoopNode[]): { count: number; metres: number; kind: 'simplex' | 'duplex' }[] {
  if (nodes.length === 2) return [{ count: 1, metres: Math.max(...nodes.map(({ metres }) => metres)), kind: 'duplex' }];
  const lengths = [...new Set(nodes.map(({ metres }) => metres))].sort((a, b) => a - b);
  return lengths.map((metres) => ({ count: nodes.filter((node) => node.metres === metres).length, metres, kind: 'simplex' }));
}

/** The fastest that all can do below 16 Gbit/s, where loops end; null where there is none. */
export function speedOf(nodes: readonly LoopNode[]): number | null {
  const common = [1, 2, 4, 8].filter((speed) => nodes.every((node) => fibreChannelSpeedsOf(node.speed).includes(speed)));
  return common.at(-1) ?? null;
}

/** What is wrong with a loop, in words. */
export function faultsOf(nodes: readonly LoopNode[], fibre: MultimodeFibre): string[] {
  const speed = speedOf(nodes);
  const fast = nodes.filter(({ speed: own }) => own >= 16);
  return [
    ...(fast.length > 0
      ? [`${fast.map(({ name }) => name).join(', ')}: 16 Gbit/s and faster ports do no loop with their own SFPs. Use the switch for them.`]
      : []),
    ...(speed === null ? ['There is no speed that all nodes can do.'] : []),
    ...nodes
      .filter(({ metres }) => speed !== null && metres > (shortWaveReach[fibre][speed] ?? 0))
      .map(
        ({ name, metres }) =>
          `The cable from ${name} has ${metres} m; at ${speed} Gbit/s ${fibre.toUpperCase()} reaches ${shortWaveReach[fibre][speed ?? 0] ?? 0} m.`,
      ),
  ];
}
