/** Reads the media writer's progress out of what a terminal shows. Its form is made in assets/helper/media/10-words.pl. */
import type { MediaProgress } from '../../../shared/api/media.ts';

/** Longest line that is looked at, in characters. */
const limit = 200;
const form = /(writing|comparing): (\d+)(?: of (\d+))? bytes, (\d+\.\d) MB\/s, (?:(\d+) s left|time left unknown)/;

export class ProgressReader {
  private begun = '';

  /** What the last whole line in it says; null where none does. */
  push(text: string): MediaProgress | null {
    const lines = (this.begun + text).split(/[\r\n]/);
    // A line is whole with the escape that clears what was behind it.
    const last = lines.at(-1) ?? '';
    this.begun = last.includes('\x1b[K') ? '' : last.slice(-limit);
    return lines.map(parseProgress).findLast((found) => found !== null) ?? null;
  }
}

function parseProgress(line: string): MediaProgress | null {
  if (!line.includes('\x1b[K')) return null;
  const found = form.exec(line.slice(0, limit));
  if (!found) return null;
  const [, phase, bytes, total, rate, left] = found;
  return {
    phase: phase === 'writing' ? 'writing' : 'comparing',
    bytes: Number(bytes),
    total: total === undefined ? null : Number(total),
    bytesPerSecond: Math.round(Number(rate) * 1e6),
    secondsLeft: left === undefined ? null : Number(left),
  };
}
