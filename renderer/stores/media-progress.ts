/** How images are being written, as the backend tells it: the latest of each run, and its speed along the way. */
import { create } from 'zustand';
import type { MediaProgress } from '../../shared/api/media.ts';

export interface SpeedPoint {
  phase: MediaProgress['phase'];
  /** Of the image, 0 to 100; of what is known of it. */
  percent: number;
  /** Megabytes a second. */
  rate: number;
}
interface RunProgress {
  latest: MediaProgress;
  points: readonly SpeedPoint[];
}
export const useMediaProgress = create<Readonly<Record<string, RunProgress>>>(() => ({}));

/** Enough for a line across the page. */
const mostPoints = 400;

export function noteMediaProgress({ runId, ...latest }: MediaProgress & { runId: string }): void {
  useMediaProgress.setState((runs) => {
    const before = runs[runId];
    // Writing again begins a new line.
    const again = before?.latest.phase === 'comparing' && latest.phase === 'writing';
    return { [runId]: { latest, points: withPoint(again ? [] : (before?.points ?? []), latest) } };
  });
}

export function withPoint(points: readonly SpeedPoint[], { phase, bytes, total, bytesPerSecond }: MediaProgress): SpeedPoint[] {
  const point = { phase, percent: total ? Math.min(100, (100 * bytes) / total) : 0, rate: bytesPerSecond / 1e6 };
  const all = [...points, point];
  // Every second one is dropped: the line stays the same, in half as many steps.
  return all.length > mostPoints ? all.filter((_, index) => index % 2 === 0 || index === all.length - 1) : all;
}
