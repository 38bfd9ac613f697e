import { expect, it } from 'vitest';
import { WriteQueue } from './write-queue.ts';

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

function drain(queue: WriteQueue): Uint8Array[] {
  const writes: Uint8Array[] = [];
  for (let next = queue.next(); next; next = queue.next()) writes.push(next);
  return writes;
}

it('joins small frames in order', () => {
  const queue = new WriteQueue();
  queue.push(bytes(2, 1));
  queue.push(bytes(0, 9));
  queue.push(bytes(1, 2));
  expect(drain(queue).map((write) => [...write])).toEqual([[1, 1, 2]]);
});

it('never writes more than 64 KiB and loses nothing', () => {
  const queue = new WriteQueue();
  queue.push(bytes(150_000, 1));
  queue.push(bytes(60_000, 2));
  const writes = drain(queue);
  expect(Math.max(...writes.map((write) => write.length))).toBeLessThanOrEqual(65_536);
  expect(writes.reduce((sum, write) => sum + write.length, 0)).toBe(210_000);
  expect(writes.at(-1)?.at(-1)).toBe(2);
});

it('is empty after clearing', () => {
  const queue = new WriteQueue();
  queue.push(bytes(3, 1));
  queue.clear();
  expect(queue.next()).toBeNull();
});
