import { describe, expect, it } from 'vitest';
import { type PictureText, picture } from '../api/picture.ts';
import { draw } from './draw.ts';
import type { Shape } from './shapes.ts';
import { svgText } from './svg-text.ts';
import { csvOf, pictureTable } from './table.ts';

const about = { id: 'p', title: 'P', caption: 'What there is.' };
const pictures: Record<string, PictureText> = {
  graph: {
    kind: 'graph',
    ...about,
    nodes: [
      { id: 'a', title: 'tap0', text: 'VPN', column: 0, row: 0 },
      { id: 'b', title: 'br0', column: 1, row: 1 },
    ],
    edges: [{ from: 'a', to: 'b', label: 'ARP', tone: 'bad' }],
  },
  bars: {
    kind: 'bars',
    ...about,
    unit: 'packets',
    groups: [
      {
        label: 'ARP',
        bars: [
          { label: 'before', value: 0 },
          { label: 'after', value: 3 },
        ],
      },
    ],
  },
  cells: { kind: 'cells', ...about, rows: [{ label: '10:00', cells: 'CCW_' }], legend: [{ letter: 'C', label: 'closing', tone: 'bad' }] },
  lines: {
    kind: 'lines',
    ...about,
    x: { label: 'time', unit: 's' },
    y: { label: 'chance' },
    series: [
      {
        label: 'model',
        points: [
          [0, 0],
          [1, 0.5],
          [2, 1],
        ],
      },
    ],
    marks: [{ x: 1, label: 'median' }],
  },
  shelves: { kind: 'shelves', ...about, shelves: [{ label: 'Disk 1', items: [{ label: 'Lion', text: 'the only copy', share: 3 }, { label: 'free' }] }] },
};
const texts = (shapes: readonly Shape[]) => shapes.flatMap((shape) => (shape.shape === 'text' ? [shape.text] : []));

describe.each(Object.entries(pictures))('a picture of kind %s', (_, data) => {
  const parsed = picture.parse(data);
  it('is drawn within its own edges', () => {
    const { width, height, shapes } = draw(parsed);
    expect(shapes.length).toBeGreaterThan(2);
    for (const shape of shapes) {
      if (shape.shape === 'path') continue;
      expect(shape.x).toBeGreaterThanOrEqual(0);
      expect(shape.y).toBeLessThanOrEqual(height);
      if (shape.shape === 'box') expect(shape.x + shape.width).toBeLessThanOrEqual(width);
    }
    expect(JSON.stringify(shapes)).not.toMatch(/NaN|Infinity|null/);
  });

  it('is a table with a head, and a file that holds its words', () => {
    const [head, ...rows] = pictureTable(parsed);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toHaveLength(head?.length ?? 0);
    const svg = svgText(draw(parsed), parsed.title);
    for (const text of texts(draw(parsed).shapes)) expect(svg).toContain(`>${text}</text>`);
  });
});

describe('a picture of nothing', () => {
  it.each([
    { kind: 'graph', ...about, nodes: [], edges: [{ from: 'x', to: 'y' }] },
    { kind: 'bars', ...about, groups: [] },
    { kind: 'cells', ...about, rows: [{ label: 'never', cells: '' }], legend: [] },
    { kind: 'lines', ...about, x: { label: 'x', logarithmic: true }, y: { label: 'y' }, series: [{ label: 's', points: [[0, 0]] }] },
    { kind: 'shelves', ...about, shelves: [{ label: 'Disk', items: [] }] },
  ] as PictureText[])('is drawn anyway: $kind', (data) => {
    expect(JSON.stringify(draw(picture.parse(data)))).not.toMatch(/NaN|Infinity|null/);
  });
});

describe('curves', () => {
  it('have an axis from zero to a round number above them', () => {
    const rising = picture.parse({
      ...pictures.lines,
      series: [
        {
          label: 'model',
          points: [
            [0, 0],
            [1, 99.2],
          ],
        },
      ],
    });
    expect(texts(draw(rising).shapes)).toEqual(expect.arrayContaining(['0', '20', '80', '100']));
  });
  it('are tables whose heads have the units, and marks that do not cover each other', () => {
    const two = picture.parse({
      ...pictures.lines,
      marks: [
        { x: 1, label: 'median' },
        { x: 1.01, label: 'measured' },
      ],
    });
    expect(pictureTable(two)[0]).toEqual(['Curve', 'time (s)', 'chance']);
    const places = draw(two).shapes.flatMap((shape) => (shape.shape === 'text' && ['median', 'measured'].includes(shape.text) ? [shape.y] : []));
    expect(Math.abs((places[0] ?? 0) - (places[1] ?? 0))).toBeGreaterThanOrEqual(12);
  });

  it('have round numbers at their axes, on a logarithmic one powers of ten', () => {
    const plot = (data: object) => texts(draw(picture.parse({ ...pictures.lines, ...data })).shapes);
    expect(plot({})).toEqual(expect.arrayContaining(['0', '0.5', '1', '1.5', '2', 'median', 'model', 'time (s)']));
    const wide = plot({
      x: { label: 'time', logarithmic: true },
      series: [
        {
          label: 'model',
          points: [
            [0.1, 0],
            [1000, 1],
          ],
        },
      ],
      marks: [],
    });
    expect(wide).toEqual(expect.arrayContaining(['0.1', '1', '10', '100', '1,000']));
  });
});

describe('files', () => {
  it('are quoted as they have to be, whatever is in them', () => {
    expect(
      csvOf([
        ['a', 'b,c'],
        ['"d"', 'e\nf'],
      ]),
    ).toBe('a,"b,c"\r\n"""d""","e\nf"\r\n');
    const hostile = picture.parse({ ...pictures.bars, groups: [{ label: '</text><script>alert(1)</script>\u0007&', bars: [] }] });
    const svg = svgText(draw(hostile), '<b>');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;\ufffd&amp;');
    expect(svg).not.toContain('<script>');
  });
});
