/** Where the window was and which theme it had, kept between starts. Losing it is harmless, so nothing here throws. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const bounds = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().positive(), height: z.number().int().positive() });
export type Bounds = z.infer<typeof bounds>;

export const theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof theme>;

const windowState = z.object({ bounds: bounds.nullable(), maximized: z.boolean(), theme });
export type WindowState = z.infer<typeof windowState>;

const FRESH: WindowState = { bounds: null, maximized: false, theme: 'system' };

export function readWindowState(file: string): WindowState {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return FRESH;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  const fresh = `${file}.new`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(fresh, JSON.stringify(state));
    renameSync(fresh, file);
  } catch (thrown) {
    console.error(`the window's place was not saved in ${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

/** How much of the title bar has to be on a screen for the window to be got hold of, in pixels. */
const GRIP = { width: 120, height: 40 };

/** The saved bounds where the window's top would be on one of the screens; null where a screen was taken away since. */
export function visibleBounds(saved: Bounds | null, workAreas: readonly Bounds[]): Bounds | null {
  if (!saved) return null;
  const reachable = workAreas.some((area) => {
    const overlap = Math.min(saved.x + saved.width, area.x + area.width) - Math.max(saved.x, area.x);
    return overlap >= GRIP.width && saved.y >= area.y && saved.y + GRIP.height <= area.y + area.height;
  });
  return reachable ? saved : null;
}
