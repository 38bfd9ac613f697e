import { beforeEach, describe, expect, it } from 'vitest';
import type { MediaProgress } from '../../shared/api/media.ts';
import { noteMediaProgress, useMediaProgress } from './media-progress.ts';

const at = (phase: MediaProgress['phase'], bytes: number) => ({ runId: 'r', phase, bytes, total: 1000, bytesPerSecond: 2e6, secondsLeft: 1 });
const points = () => useMediaProgress.getState().r?.points ?? [];

describe('the speed of an image that is written', () => {
  beforeEach(() => useMediaProgress.setState({}, true));
  it('is a line for writing and one for comparing', () => {
    for (const progress of [at('writing', 500), at('writing', 1000), at('comparing', 250)]) noteMediaProgress(progress);
    expect(points()).toEqual([
      { phase: 'writing', percent: 50, rate: 2 },
      { phase: 'writing', percent: 100, rate: 2 },
      { phase: 'comparing', percent: 25, rate: 2 },
    ]);
  });
  it('begins anew when it is written again', () => {
    for (const progress of [at('writing', 500), at('comparing', 250), at('writing', 1)]) noteMediaProgress(progress);
    expect(points()).toHaveLength(1);
  });
  it('stays bounded, however long it takes', () => {
    for (let bytes = 1; bytes <= 1000; bytes += 1) noteMediaProgress(at('writing', bytes));
    expect(points().length).toBeLessThanOrEqual(400);
    expect(points().at(-1)?.percent).toBe(100);
  });
});
