import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LineWatch } from './line-watch.ts';

describe('LineWatch', () => {
  let listens = true;
  let told = 0;
  let watch: LineWatch;
  beforeEach(() => {
    vi.useFakeTimers();
    listens = true;
    told = 0;
    watch = new LineWatch(
      () => listens,
      () => (told += 1),
    );
  });
  afterEach(() => {
    watch.end();
    vi.useRealTimers();
  });
  const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

  it('waits for nothing before the first sign of life, and not after the last one', () => {
    pass(60);
    watch.begin();
    watch.end();
    pass(60);
    expect(told).toBe(0);
  });

  it('tells once, within nine seconds of the last byte', () => {
    watch.begin();
    pass(5);
    watch.heard();
    pass(8.4);
    expect(told).toBe(0);
    pass(0.6);
    expect(told).toBe(1);
    pass(60);
    expect(told).toBe(1);
  });

  it('counts no time in which nothing is read, nor while output was stopped by hand', () => {
    watch.begin();
    listens = false;
    pass(60);
    listens = true;
    watch.typed('\x13');
    pass(60);
    expect(told).toBe(0);
    watch.heard();
    pass(9);
    expect(told).toBe(1);
  });
});
