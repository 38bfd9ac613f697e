/** A picture as a table: what it says, for whoever reads or hears it, and for files. The first row has the heads. */
import type { Picture } from '../api/picture.ts';
import { axisTitle } from './lines.ts';

export function pictureTable(picture: Picture): string[][] {
  switch (picture.kind) {
    case 'graph': {
      const titles = new Map(picture.nodes.map(({ id, title }) => [id, title]));
      return [
        ['What', 'Is', 'Leads to'],
        ...picture.nodes.map(({ id, title, text }) => [
          title,
          text,
          picture.edges.flatMap(({ from, to, label }) => (from === id ? `${titles.get(to) ?? to}${label ? ` (${label})` : ''}` : [])).join(', '),
        ]),
      ];
    }
    case 'bars':
      return [
        ['Of', 'When', picture.unit || 'Amount'],
        ...picture.groups.flatMap(({ label, bars }) => bars.map((bar) => [label, bar.label, String(bar.value)])),
      ];
    case 'cells': {
      const count = (cells: string, letter: string) => [...cells].filter((cell) => cell === letter).length;
      return [
        ['Moment', ...picture.legend.map(({ label }) => label)],
        ...picture.rows.map(({ label, cells }) => [label, ...picture.legend.map(({ letter }) => String(count(cells, letter)))]),
      ];
    }
    case 'lines':
      return [
        ['Curve', axisTitle(picture.x), axisTitle(picture.y)],
        ...picture.series.flatMap(({ label, points }) => points.map(([x, y]) => [label, String(x), String(y)])),
        ...picture.marks.map(({ label, x }) => [label, String(x), '']),
      ];
    case 'shelves':
      return [['Where', 'What', 'Is'], ...picture.shelves.flatMap(({ label, items }) => items.map((item) => [label, item.label, item.text]))];
  }
}

/** RFC 4180. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\r\n')
    .concat('\r\n');
