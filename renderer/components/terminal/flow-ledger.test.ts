import { describe, expect, it } from 'vitest';
import { FlowLedger } from './flow-ledger.ts';

const frame = (offset: number, length: number) => ({ offset, bytes: new Uint8Array(length).map((_, index) => (offset + index) % 251) });
function ledger() {
  const told: number[] = [];
  return { told, books: new FlowLedger((offset) => told.push(offset)) };
}

describe('FlowLedger', () => {
  it('acknowledges a small frame at once when nothing else is running', () => {
    const { told, books } = ledger();
    books.note(books.take(frame(0, 5)).length);
    expect(told).toEqual([5]);
  });

  it('acknowledges a flood in large strides, and its end', () => {
    const { told, books } = ledger();
    const size = 10 * 1024;
    for (let i = 0; i < 40; i += 1) books.take(frame(i * size, size));
    for (let i = 0; i < 40; i += 1) books.note(size);
    expect(told.at(-1)).toBe(40 * size);
    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThan(20);
    expect(books.unparsed).toBe(0);
  });

  it('drops what attaching already showed, and the overlapping half of a frame', () => {
    const { books } = ledger();
    books.restart(100);
    expect(books.take(frame(0, 100)).length).toBe(0);
    const fresh = books.take(frame(90, 30));
    expect(fresh.length).toBe(20);
    expect(fresh[0]).toBe(100);
  });

  it('does not wait for bytes lost in a gap', () => {
    const { told, books } = ledger();
    books.take(frame(0, 10));
    books.note(10);
    books.take(frame(50, 10));
    books.note(10);
    expect(told).toEqual([10, 60]);
  });

  it('begins anew with a new session', () => {
    const { told, books } = ledger();
    books.take(frame(0, 1000));
    books.note(1000);
    books.restart(0);
    books.note(books.take(frame(0, 7)).length);
    expect(told).toEqual([1000, 7]);
  });
});
