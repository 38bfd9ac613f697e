import { describe, expect, it } from 'vitest';
import { ProgressReader } from './progress.ts';

const line = '\rwriting: 8388608 of 300000001 bytes, 419.4 MB/s, 1 s left\x1b[K';

describe('the progress of the media writer', () => {
  it('reads bytes, total, rate and time left', () => {
    expect(new ProgressReader().push(line)).toEqual({ phase: 'writing', bytes: 8388608, total: 300000001, bytesPerSecond: 419_400_000, secondsLeft: 1 });
  });
  it('says null where a packed source does not tell yet', () => {
    expect(new ProgressReader().push('\rcomparing: 4194304 bytes, 0.0 MB/s, time left unknown\x1b[K')).toEqual({
      phase: 'comparing',
      bytes: 4194304,
      total: null,
      bytesPerSecond: 0,
      secondsLeft: null,
    });
  });
  it('waits for the rest of a line that arrives in pieces, wherever it is cut', () => {
    for (let cut = 1; cut < line.length; cut += 1) {
      const reader = new ProgressReader();
      const [first, second] = [reader.push(line.slice(0, cut)), reader.push(line.slice(cut))];
      expect([first, second].filter(Boolean), `cut at ${cut}`).toHaveLength(1);
      expect((first ?? second)?.bytes).toBe(8388608);
    }
  });
  it('gives the last of several, and nothing of other output', () => {
    const reader = new ProgressReader();
    expect(reader.push(line + line.replace('8388608', '9000000'))?.bytes).toBe(9000000);
    expect(reader.push('\r\nWritten: 300000001 bytes in 0.2 s\r\n')).toBeNull();
  });
});
