/** Boxes in a grid, and arrows between them. */
import type { PictureOf } from '../api/picture.ts';
import { type Drawing, fitted, rounded, type Shape } from './shapes.ts';

const box = { width: 168, height: 52, between: 84, below: 44, margin: 12 };

export function drawGraph({ nodes, edges }: PictureOf<'graph'>): Drawing {
  const columns = Math.max(0, ...nodes.map(({ column }) => column)) + 1;
  const rows = Math.max(0, ...nodes.map(({ row }) => row)) + 1;
  const places = new Map(
    nodes.map(({ id, column, row }) => [id, { x: box.margin + column * (box.width + box.between), y: box.margin + row * (box.height + box.below) }]),
  );
  const ways = edges.flatMap(({ from, to, label, tone, dashed }): Shape[] => {
    const one = places.get(from);
    const other = places.get(to);
    if (!one || !other) return [];
    const { start, end } = ends(one, other);
    const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
    return [
      { shape: 'path', d: `M${rounded(start.x)} ${rounded(start.y)}L${rounded(end.x)} ${rounded(end.y)}`, tone, dashed, arrow: true },
      ...(label ? [{ shape: 'text' as const, x: middle.x, y: middle.y - 5, text: label, size: 11, anchor: 'middle' as const, tone }] : []),
    ];
  });
  const boxes = nodes.flatMap(({ id, title, text, tone }): Shape[] => {
    const { x, y } = places.get(id) as Place;
    const line = (words: string, dy: number, size: number, strong: boolean): Shape => ({
      shape: 'text',
      x: x + box.width / 2,
      y: y + dy,
      text: fitted(words, size, box.width - 14),
      size,
      anchor: 'middle',
      tone: strong ? 'plain' : 'quiet',
      strong,
    });
    return [
      { shape: 'box', x, y, width: box.width, height: box.height, tone, round: 6, filled: true },
      line(title, text ? 22 : 31, 13, true),
      ...(text ? [line(text, 40, 11.5, false)] : []),
    ];
  });
  return {
    width: 2 * box.margin + columns * box.width + (columns - 1) * box.between,
    height: 2 * box.margin + rows * box.height + (rows - 1) * box.below,
    shapes: [...ways, ...boxes],
  };
}

interface Place {
  x: number;
  y: number;
}
/** From the middle of the side that faces the other box. */
function ends(one: Place, other: Place): { start: Place; end: Place } {
  const side = (from: Place, to: Place): Place => {
    if (from.x === to.x) return { x: from.x + box.width / 2, y: to.y > from.y ? from.y + box.height : from.y };
    return { x: to.x > from.x ? from.x + box.width : from.x, y: from.y + box.height / 2 };
  };
  return { start: side(one, other), end: side(other, one) };
}
