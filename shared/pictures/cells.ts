/** Rows of small cells, coloured by their letter. */
import type { PictureOf } from '../api/picture.ts';
import { type Drawing, fitted, type Shape, textWidth } from './shapes.ts';

const at = { label: 110, cell: 11, row: 14, margin: 8, most: 64, legend: 26 };

export function drawCells({ rows, legend }: PictureOf<'cells'>): Drawing {
  const tones = new Map(legend.map(({ letter, tone }) => [letter, tone]));
  const shapes: Shape[] = [];
  let y = at.margin;
  let widest = 0;
  for (const { label, cells } of rows) {
    shapes.push({ shape: 'text', x: at.label - 8, y: y + 10, text: fitted(label, 11.5, at.label - 10), size: 11.5, anchor: 'end', tone: 'quiet' });
    for (let from = 0; from === 0 || from < cells.length; from += at.most) {
      const line = cells.slice(from, from + at.most);
      widest = Math.max(widest, line.length);
      [...line].forEach((letter, index) => {
        const tone = tones.get(letter) ?? 'quiet';
        shapes.push({ shape: 'box', x: at.label + index * at.cell, y, width: at.cell - 2, height: at.row - 4, tone, filled: tones.has(letter) });
      });
      y += at.row;
    }
  }
  let x = at.label;
  y += 8;
  for (const { letter, label, tone } of legend) {
    shapes.push(
      { shape: 'box', x, y, width: at.cell - 2, height: at.row - 4, tone, filled: true },
      { shape: 'text', x: x + at.cell + 3, y: y + 10, text: `${letter} ${label}`, size: 11.5, anchor: 'start', tone: 'plain' },
    );
    x += at.cell + 18 + textWidth(`${letter} ${label}`, 11.5);
  }
  return { width: Math.max(at.label + widest * at.cell, x) + at.margin, height: y + at.legend - 8, shapes };
}
