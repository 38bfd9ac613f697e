/** Places one below the other, each as wide as all of what lies in it. */
import type { PictureOf } from '../api/picture.ts';
import { type Drawing, fitted, type Shape } from './shapes.ts';

const at = { width: 560, label: 20, item: 46, gap: 4, between: 16, margin: 8 };

export function drawShelves({ shelves }: PictureOf<'shelves'>): Drawing {
  const shapes: Shape[] = [];
  let y = at.margin;
  for (const { label, items } of shelves) {
    shapes.push({ shape: 'text', x: 0, y: y + 12, text: fitted(label, 13, at.width), size: 13, anchor: 'start', tone: 'plain', strong: true });
    y += at.label;
    const all = items.reduce((sum, { share }) => sum + share, 0) || 1;
    let x = 0;
    for (const { label: what, text, share, tone } of items) {
      const width = (share / all) * at.width - at.gap;
      const words = (line: string, dy: number, size: number, strong: boolean): Shape => ({
        shape: 'text',
        x: x + 8,
        y: y + dy,
        text: fitted(line, size, width - 12),
        size,
        anchor: 'start',
        tone: strong ? 'plain' : 'quiet',
        strong,
      });
      shapes.push(
        { shape: 'box', x, y, width, height: at.item, tone, round: 4, filled: true },
        words(what, text ? 19 : 28, 12.5, true),
        ...(text ? [words(text, 36, 11, false)] : []),
      );
      x += width + at.gap;
    }
    y += at.item + at.between;
  }
  return { width: at.width, height: y, shapes };
}
