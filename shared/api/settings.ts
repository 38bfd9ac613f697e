/** What somebody chose for this computer: how things look and sound, nothing about any procedure. */
import { z } from 'zod';

export const smallestTerminalFont = 9;
export const largestTerminalFont = 28;
/** In percent, as the menu has them. */
export const zooms = [80, 90, 100, 110, 125, 150, 175, 200] as const;

const defaults = { terminalFontSize: 13, terminalFont: '', zoom: 100, notifications: true, screenReader: false } as const;

export const settings = z.object({
  /** Pixels. */
  terminalFontSize: z.number().int().min(smallestTerminalFont).max(largestTerminalFont),
  /** The family's name, as CSS has it; empty: the one that comes with Wrenchbook. */
  terminalFont: z
    .string()
    .trim()
    .max(100)
    .regex(/^[\p{L}\p{N} ._-]*$/u, 'Use the name of one font, such as JetBrains Mono'),
  zoom: z.union(zooms.map((percent) => z.literal(percent))),
  /** A message of the system when a run asks, or a long step ends, while the window is in the background. */
  notifications: z.boolean(),
  /** The terminal's text is there for screen readers; drawing it takes longer then. */
  screenReader: z.boolean(),
});
export type Settings = z.infer<typeof settings>;
export const defaultSettings: Settings = { ...defaults };
export const settingsChange = settings.partial();
