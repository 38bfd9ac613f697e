/** What a drawing is made of. Places and sizes in pixels, from the top left. */
import type { PictureTone } from '../api/picture.ts';

export type Shape =
  | { shape: 'box'; x: number; y: number; width: number; height: number; tone: PictureTone; round?: number; filled?: boolean }
  | { shape: 'text'; x: number; y: number; text: string; size: number; anchor: 'start' | 'middle' | 'end'; tone: PictureTone; strong?: boolean }
  | { shape: 'path'; d: string; tone: PictureTone; dashed?: boolean; arrow?: boolean; width?: number };

export interface Drawing {
  width: number;
  height: number;
  shapes: readonly Shape[];
}

/** About as wide as it is in a sans-serif face. */
export const textWidth = (text: string, size: number): number => text.length * size * 0.56;
/** Cut to what fits, with an ellipsis. */
export function fitted(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  return `${text.slice(0, Math.max(1, Math.floor(width / (size * 0.56)) - 1))}…`;
}
export const rounded = (value: number) => Math.round(value * 10) / 10;
