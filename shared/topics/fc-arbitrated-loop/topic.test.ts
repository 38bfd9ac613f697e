import { describe, expect, it } from 'vitest';
import { picture } from '../../api/picture.ts';
import { draw } from '../../pictures/draw.ts';
import { judge, type Matcher } from '../../topic-kit/index.ts';
import { wiringCards } from './cards.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { kindOf, portsIn } from './ports.ts';
import { probe } from './probe.ts';
import { cablesOf, faultsOf, mostNodes, parseNodes, partsOf, speedOf } from './ring.ts';
import { ringPlaces } from './ring-places.ts';
import { steps } from './steps.ts';

const textOf = (count: number) => Array.from({ length: count }, (_, at) => `node${at + 1}`).join('\n');
const every = Array.from({ length: mostNodes - 1 }, (_, at) => at + 2);

describe('the nodes', () => {
  it('are read with speed and length in any order, and comments', () =>
    expect(parseNodes('array-B1 8G 5m # controller B\r\n\r\n server1 10m 4g\nserver2')).toEqual([
      { name: 'array-B1', speed: 8, metres: 5 },
      { name: 'server1', speed: 4, metres: 10 },
      { name: 'server2', speed: 4, metres: 3 },
    ]));
  it.each([
    ['', 'two nodes'],
    ['a', 'two nodes'],
    ['a\na', 'Line 2: a is named twice'],
    ['a\n$(id)', 'Line 2: “$(id)”'],
    ['a\nb fast', 'Line 2: “fast”'],
    ['a\nb 3G', 'Line 2: there is no Fibre Channel of 3'],
    ['a 0m\nb', 'Line 1: a cable'],
    [textOf(127), '126 nodes at the most'],
  ])('%j are refused: %s', (text, why) => {
    expect(() => parseNodes(text)).toThrow(why);
    expect(parameters.safeParse({ nodes: text }).success).toBe(false);
  });
});

describe('a ring of 2 to 126', () => {
  it('has as many fibres as nodes, one out of and one into each, and is one ring', () => {
    for (const count of every) {
      const nodes = parseNodes(textOf(count));
      const cables = cablesOf(nodes);
      expect([cables.length, new Set(cables.map(({ from }) => from)).size, new Set(cables.map(({ to }) => to)).size]).toEqual([count, count, count]);
      const next = new Map(cables.map(({ from, to }) => [from, to]));
      let at = 'node1';
      let steps = 0;
      do {
        at = next.get(at) ?? '';
        steps += 1;
      } while (at !== 'node1' && steps <= count);
      expect(steps).toBe(count);
      expect(partsOf(nodes).reduce((sum, part) => sum + part.count, 0)).toBe(count === 2 ? 1 : count);
    }
  });
  it('is drawn with each node at a place of its own beside the next, and no arrow through another box', () => {
    for (const count of every) {
      const places = ringPlaces(count);
      expect([places.length, new Set(places.map(({ column, row }) => `${column} ${row}`)).size], `${count}`).toEqual([count, count]);
      for (const [index, { column, row }] of places.entries()) {
        const next = places[(index + 1) % count] ?? { column: -9, row: -9 };
        expect([Math.abs(next.column - column) <= 1, Math.abs(next.row - row) <= 1, column < 12, row < 24], `${count}: ${index}`).toEqual([
          true,
          true,
          true,
          true,
        ]);
      }
      const [ring] = pictures({ nodes: textOf(count), fibre: 'om3', port: '' }, { done: new Set() });
      const shapes = draw(picture.parse(ring)).shapes;
      expect([shapes.filter(({ shape }) => shape === 'box').length, shapes.filter(({ shape }) => shape === 'path').length]).toEqual([count, count]);
    }
  });
});

describe('parts, wiring and labels', () => {
  const values = { nodes: 'array 8G 5m\nserver1\nserver2\nserver3 5m', fibre: 'om2', port: '' } as const;
  it('are exact', () => {
    const [parts, wiring, labels] = wiringCards(values);
    expect(parts?.lines).toEqual(['2 × simplex cable LC–LC, OM2, 3 m', '2 × simplex cable LC–LC, OM2, 5 m']);
    expect(wiring?.lines[3]).toBe('  4  server3 TX → RX array   5 m   [ ]');
    expect([labels?.lines.length, labels?.lines.slice(0, 2)]).toEqual([8, ['1  array.TX → server1.RX  5 m', '1  server1.RX ← array.TX  5 m']]);
  });
  it('are one duplex cable for two nodes', () =>
    expect(wiringCards({ ...values, nodes: 'a 5m\nb 2m' })[0]?.lines).toEqual(['1 × duplex cable LC–LC, OM2, 5 m']));
});

it.each([
  ['a 4G\nb 8G\nc 4G', 4, 0],
  ['a 8G\nb 8G', 8, 0],
  ['a 2G\nb 8G', 2, 0],
  ['a 1G\nb 8G', null, 1],
  ['a 16G\nb 8G', 8, 1],
  ['a 32G\nb 32G', 8, 1],
  ['a 8G 200m\nb 8G', 8, 1],
  ['a 4G 200m\nb 8G', 4, 0],
])('%j runs at %s Gbit/s, with %i faults', (text, speed, faults) => {
  const nodes = parseNodes(text);
  expect([speedOf(nodes), faultsOf(nodes, 'om3').length]).toEqual([speed, faults]);
});

const port = (state: string, type: string, lost = '0x0') => `port=host4 state=${state} lost=${lost} type=${type} speed=4_Gbit able=4_Gbit lips=0x4 wwpn=0x21\n`;
describe('a port', () => {
  it.each([
    ['Online', 'LPort_(private_loop)', 'loop'],
    ['Online', 'NLPort_(fabric_via_loop)', 'loop'],
    ['Online', 'NPort_(fabric_via_point-to-point)', 'fabric'],
    ['Online', 'Point-To-Point_(direct_nport_connection)', 'direct'],
    ['Linkdown', 'Unknown', 'down'],
    ['Online', 'Unknown', 'unknown'],
    ['unread', 'unread', 'unknown'],
  ])('that is %s as %s is %s', (state, type, kind) => expect(portsIn(port(state, type)).map(kindOf)).toEqual([kind]));
  it.each([
    ['0x12', 18],
    ['0xffffffffffffffff', null],
    ['unread', null],
  ])('with the counter %s has lost the signal %s times', (lost, count) => expect(portsIn(port('Online', 'LPort', lost))[0]?.lost).toBe(count));
  it.each([
    ['unknown', ''],
    ['not-affected', 'looked=yes'],
    ['not-affected', 'looked=no'],
    ['not-affected', `${port('Online', 'NPort_(x)')}looked=yes`],
    ['affected', `${port('Linkdown', 'Unknown')}looked=yes`],
    ['affected', `${port('Online', 'Point-To-Point_(x)')}looked=yes`],
    ['already-fixed', `${port('Online', 'LPort_(x)')}looked=yes`],
    ['unknown', `${port('unread', 'unread')}looked=yes`],
  ])('is judged %s: %j', (verdict, output) => expect(probe.judge({ output, exitStatus: 0 }, parameters.parse({ nodes: 'a\nb' })).verdict).toBe(verdict));
});

describe('what QLogic’s driver and tool print', () => {
  const matchers = (id: string) => (steps(parameters.parse({ nodes: 'a\nb' })).find((step) => step.id === id) as { matchers: readonly Matcher[] }).matchers;
  const rules = (id: string, output: string) => judge(matchers(id), { output, exitStatus: 0, facts: {} }).map(({ rule }) => rule);
  // Of published logs: linux-scsi mailing list, reports to Red Hat's and Debian's trackers.
  it.each([
    ['qla2300 0000:01:05.0: Topology - (N_Port-to-N_Port), Host Loop address 0x1', 'came-up-direct'],
    ['qla2xxx 0000:03:01.0: LOOP UP detected (2 Gbps).', 'driver'],
    ['qla2xxx [0000:83:00.1]-500b:7: LOOP DOWN detected (2 7 0 0).', 'driver'],
    ['qla2xxx 0000:01:05.0: Topology - (Loop), Host Loop address 0x7d', 'driver'],
    ['Connection Options : 1 - Point to Point Only', 'point-to-point'],
    ['Data Rate          : 1 - 2 Gbps', 'fixed-rate'],
    ['Data Rate : 4Gbps', 'fixed-rate'],
    ['Hard Loop ID : Enabled', 'hard-id'],
  ])('%s', (line, rule) => expect(rules('settings', `${line}\nchecked=yes`)).toEqual([rule, 'checked']));
  it.each(['Connection Options : 2 - Loop Preferred', 'Data Rate : 2 - Auto', 'Data Rate : Auto', 'Data Rate : 3 - Auto', 'Hard Loop ID : Disabled'])(
    'is well: %s',
    (line) => expect(rules('settings', `${line}\nchecked=yes`)).toEqual(['checked']),
  );
  it.each([
    [port('Linkdown', 'Unknown'), ['down']],
    [port('Linkdown', 'Unknown', '0x12'), ['no-signal']],
    [port('Linkdown', 'Unknown', '0xffffffffffffffff'), ['down']],
    [port('Online', 'LPort_(private_loop)'), ['loop', 'speed']],
    [port('Online', 'Point-To-Point_(direct_nport_connection)'), ['direct']],
    ['looked=yes\n', ['loop', 'speed']],
  ])('a port %j: %j', (output, wanted) => expect(rules('up', output)).toEqual(wanted));
});
