import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { feedLimits, TerminalFeed } from './terminal-feed.ts';

const viewer = {};
const setUp = (limits = {}) => {
  const pressure: boolean[] = [];
  const frames: { offset: number; text: string }[] = [];
  const feed = new TerminalFeed<object>((paused) => pressure.push(paused), { ...feedLimits, ...limits });
  const attach = (key: object = viewer) => feed.attach(key, (offset, bytes) => frames.push({ offset, text: Buffer.from(bytes).toString() }));
  return { feed, pressure, frames, attach };
};
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('TerminalFeed', () => {
  it('sends at once while the page keeps up, and gathers while it does not', () => {
    const { feed, frames, attach } = setUp();
    attach();
    feed.push(Buffer.from('a'));
    feed.push(Buffer.from('b'));
    feed.push(Buffer.from('c'));
    expect(frames).toEqual([{ offset: 0, text: 'a' }]);
    vi.advanceTimersByTime(feedLimits.gatherMs);
    expect(frames).toEqual([
      { offset: 0, text: 'a' },
      { offset: 1, text: 'bc' },
    ]);
    feed.acknowledge(viewer, 3);
    feed.push(Buffer.from('d'));
    expect(frames.at(-1)).toEqual({ offset: 3, text: 'd' });
  });

  it('joins pieces in order, whether or not they lie behind one another in memory', () => {
    const memory = Buffer.from('abcdef');
    const cases = [
      [memory.subarray(0, 2), memory.subarray(2, 3), memory.subarray(3, 6)],
      [memory.subarray(3, 6), memory.subarray(0, 3)],
      [memory.subarray(0, 2), memory.subarray(3, 4), memory.subarray(4, 6)],
    ];
    for (const pieces of cases) {
      const { feed, frames, attach } = setUp();
      attach();
      feed.push(Buffer.from('-'));
      for (const piece of pieces) feed.push(piece);
      feed.flush();
      expect(frames.map((frame) => frame.text)).toEqual(['-', Buffer.concat(pieces).toString()]);
    }
  });

  it('makes the window small after a key in a flood, and leaves it large after one that sets a flood off', () => {
    for (const [before, paused] of [
      ['x'.repeat(10), true],
      ['', false],
    ] as const) {
      const { feed, pressure, attach } = setUp({ highWater: 1000, lowWater: 500, typingShare: 1 / 2 });
      attach();
      if (before) feed.push(Buffer.from(before));
      feed.typed();
      feed.push(Buffer.alloc(700));
      expect(pressure).toEqual(paused ? [true] : []);
    }
  });

  it('sends what is gathered when told that nothing more is coming', () => {
    const { feed, frames, attach } = setUp();
    attach();
    feed.push(Buffer.from('a'));
    feed.push(Buffer.from('b'));
    feed.flush();
    expect(frames.map((frame) => frame.text)).toEqual(['a', 'b']);
    vi.advanceTimersByTime(feedLimits.gatherMs);
    expect(frames).toHaveLength(2);
  });

  it('sends no frame larger than it should, unless one piece is', () => {
    const { feed, frames, attach } = setUp({ frameBytes: 10 });
    attach();
    for (const text of ['-', 'aaaa', 'bbbb', 'cccc', 'd'.repeat(12)]) feed.push(Buffer.from(text));
    expect(frames.map((frame) => frame.text)).toEqual(['-', 'aaaabbbb', 'cccc', 'd'.repeat(12)]);
  });

  it('sends shorter frames for a moment after a key in a flood, and what is gathered when it pauses', () => {
    const { feed, frames, attach } = setUp({ frameBytes: 100, typingFrameBytes: 10, typingMs: 1000, highWater: 40, lowWater: 20, typingShare: 1 });
    attach();
    const push = (...texts: string[]) => texts.forEach((text) => void feed.push(Buffer.from(text)));
    push('-', 'aaaa', 'aaaa');
    expect(frames).toHaveLength(1);
    feed.typed();
    push('bbbb', 'bbbb', 'bbbb');
    expect(frames.map((frame) => frame.text)).toEqual(['-', 'aaaaaaaa', 'bbbbbbbb']);
    vi.advanceTimersByTime(1000);
    expect(frames.map((frame) => frame.text)).toEqual(['-', 'aaaaaaaa', 'bbbbbbbb', 'bbbb']);
    push('c'.repeat(10), 'c'.repeat(10));
    expect(frames.at(-1)?.text).toBe('c'.repeat(20));
  });

  it('pauses the session above the high-water mark and goes on below the low one', () => {
    const { feed, pressure, attach } = setUp({ highWater: 100, lowWater: 20 });
    attach();
    feed.push(Buffer.alloc(101));
    expect(pressure).toEqual([true]);
    feed.acknowledge(viewer, 80);
    expect(pressure).toEqual([true]);
    feed.acknowledge(viewer, 81);
    expect(pressure).toEqual([true, false]);
  });

  it('keeps less running while somebody types, and goes back to more', () => {
    const { feed, pressure, attach } = setUp({ highWater: 90, lowWater: 60, typingMs: 1000, typingShare: 1 / 3 });
    attach();
    feed.push(Buffer.alloc(40));
    expect(pressure).toEqual([]);
    feed.typed();
    expect(pressure).toEqual([true]);
    feed.acknowledge(viewer, 19);
    expect(pressure).toEqual([true]);
    feed.acknowledge(viewer, 20);
    expect(pressure).toEqual([true, false]);
    feed.push(Buffer.alloc(20));
    expect(pressure).toEqual([true, false, true]);
    vi.advanceTimersByTime(1000);
    feed.acknowledge(viewer, 21);
    expect(pressure).toEqual([true, false, true, false]);
  });

  it('never pauses while nobody looks, and shows the last bytes to who comes later', () => {
    const { feed, pressure, frames, attach } = setUp({ backlogBytes: 10, highWater: 5 });
    feed.push(Buffer.from('0123456789'));
    feed.push(Buffer.from('abcdefghij'));
    expect(pressure).toEqual([]);
    expect(attach()).toEqual({ bytes: new Uint8Array(Buffer.from('abcdefghij')), offset: 20 });
    feed.push(Buffer.from('!'));
    expect(frames).toEqual([{ offset: 20, text: '!' }]);
  });

  it('cuts off a page that stopped answering, so that the run goes on', () => {
    const { feed, pressure, attach } = setUp({ highWater: 10, stallMs: 1000 });
    attach();
    feed.push(Buffer.alloc(11));
    expect(pressure).toEqual([true]);
    vi.advanceTimersByTime(2100);
    expect(pressure).toEqual([true, false]);
    expect(feed.acknowledge(viewer, 11)).toBe(false);
  });

  it('goes on when the page that held it up leaves', () => {
    const { feed, pressure, attach } = setUp({ highWater: 10 });
    attach();
    feed.push(Buffer.alloc(11));
    feed.detach(viewer);
    expect(pressure).toEqual([true, false]);
  });
});
