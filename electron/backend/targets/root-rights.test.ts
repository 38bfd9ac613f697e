import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RootRights } from './root-rights.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('are kept for the next step, and given back once when it does not begin', async () => {
  const leave = vi.fn(async () => undefined);
  const rights = new RootRights(1000, leave, () => undefined);
  rights.take();
  rights.keepForNext();
  await vi.advanceTimersByTimeAsync(900);
  await rights.settle();
  await vi.advanceTimersByTimeAsync(5000);
  expect([rights.taken, leave.mock.calls.length]).toEqual([true, 0]);
  rights.keepForNext();
  await vi.advanceTimersByTimeAsync(1000);
  await rights.giveBack();
  expect([rights.taken, leave.mock.calls.length]).toEqual([false, 1]);
});

it('that could not be given back are told of once, and are in nobody’s way afterwards', async () => {
  const troubles: unknown[] = [];
  const rights = new RootRights(
    10,
    () => Promise.reject(new Error('lost')),
    (thrown) => troubles.push(thrown),
  );
  rights.take();
  rights.keepForNext();
  await vi.advanceTimersByTimeAsync(10);
  await rights.settle();
  expect([rights.taken, troubles]).toEqual([false, [new Error('lost')]]);
  rights.take();
  await expect(rights.giveBack()).rejects.toThrow('lost');
  await rights.settle();
});

it('of a session that is gone are no more', async () => {
  const leave = vi.fn(async () => undefined);
  const rights = new RootRights(10, leave, () => undefined);
  rights.take();
  rights.keepForNext();
  rights.forget();
  await vi.advanceTimersByTimeAsync(100);
  await rights.giveBack();
  expect(leave).not.toHaveBeenCalled();
});
