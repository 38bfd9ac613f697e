import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchHeartbeat } from './heartbeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells once of what has been silent for the number of beats', async () => {
  const onSilent = vi.fn();
  const beat = vi.fn(() => new Promise(() => undefined));
  watchHeartbeat({ beat, everyMs: 1000, silentBeats: 3, onSilent });
  await vi.advanceTimersByTimeAsync(3000);
  expect(onSilent).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(onSilent).toHaveBeenCalledTimes(1);
  expect(beat).toHaveBeenCalledTimes(1);
});

it('takes a late answer, and an error too, for a sign of life', async () => {
  const onSilent = vi.fn();
  let late = 0;
  const beat = () => new Promise((resolve, reject) => setTimeout(late++ % 2 ? resolve : reject, 2500));
  const stop = watchHeartbeat({ beat, everyMs: 1000, silentBeats: 3, onSilent });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onSilent).not.toHaveBeenCalled();
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onSilent).not.toHaveBeenCalled();
});
