/** Amounts as bars that lie, with their numbers. */
import type { PictureOf } from '../api/picture.ts';
import { type Drawing, fitted, type Shape } from './shapes.ts';

const at = { label: 150, bar: 320, number: 90, height: 18, gap: 6, group: 14, margin: 8 };

export function drawBars({ groups, unit }: PictureOf<'bars'>): Drawing {
  const most = Math.max(1e-9, ...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const shapes: Shape[] = [];
  let y = at.margin;
  for (const { label, bars } of groups) {
    shapes.push({ shape: 'text', x: 0, y: y + 13, text: fitted(label, 13, 520), size: 13, anchor: 'start', tone: 'plain', strong: true });
    y += 22;
    for (const { label: what, value, tone } of bars) {
      const width = Math.max(value > 0 ? 2 : 0, (value / most) * at.bar);
      shapes.push(
        { shape: 'text', x: at.label - 8, y: y + 13, text: fitted(what, 12, at.label - 12), size: 12, anchor: 'end', tone: 'quiet' },
        { shape: 'box', x: at.label, y, width, height: at.height, tone, round: 2, filled: true },
        {
          shape: 'text',
          x: at.label + width + 6,
          y: y + 13,
          text: `${value.toLocaleString('en')}${unit ? ` ${unit}` : ''}`,
          size: 12,
          anchor: 'start',
          tone: 'plain',
        },
      );
      y += at.height + at.gap;
    }
    y += at.group;
  }
  return { width: at.label + at.bar + at.number, height: y, shapes };
}
