/** Finds text in a recording, with the moment it came at as the player counts: long pauses are played shortened. */

export interface CastMatch {
  /** Seconds from the beginning, pauses shortened. */
  at: number;
  before: string;
  match: string;
  after: string;
}

/** Longest pause that is played, in seconds; the player's idleTimeLimit. */
export const longestPause = 2;
const aroundChars = 40;
const mostMatches = 200;

interface CastText {
  text: string;
  /** Where each event's text begins, and its moment. */
  events: { from: number; at: number }[];
}

// CSI, OSC (with its text) and other escape sequences, and control characters but the line break. Built from text: a
// pattern with control characters in it is refused by lint.
const sequences = new RegExp(
  ['\\u001b\\[[0-?]*[ -/]*[@-~]', '\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)?', '\\u001b[ -/]*[0-~]', '[\\u0000-\\u0009\\u000b-\\u001f\\u007f]'].join(
    '|',
  ),
  'g',
);

/** The printed text of a recording (asciicast v3), without control sequences. Lines that are no events are passed over. */
export function castText(cast: string): CastText {
  const events: CastText['events'] = [];
  const pieces: string[] = [];
  let at = 0;
  let length = 0;
  for (const line of cast.split('\n')) {
    const event = parseEvent(line);
    if (!event) continue;
    at += Math.min(event.interval, longestPause);
    if (event.code !== 'o') continue;
    const text = event.data.replace(sequences, '');
    events.push({ from: length, at });
    pieces.push(text);
    length += text.length;
  }
  return { text: pieces.join(''), events };
}

/** Matches in order, letter case and the kind of white space not counting; at most 200. */
export function searchCast({ text, events }: CastText, wanted: string): CastMatch[] {
  const words = wanted.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'gi');
  const matches: CastMatch[] = [];
  for (const found of text.matchAll(pattern)) {
    const end = found.index + found[0].length;
    matches.push({
      at: momentOf(events, found.index),
      before:
        text
          .slice(Math.max(0, found.index - aroundChars), found.index)
          .split('\n')
          .at(-1) ?? '',
      match: found[0],
      after: text.slice(end, end + aroundChars).split('\n')[0] ?? '',
    });
    if (matches.length === mostMatches) break;
  }
  return matches;
}

function momentOf(events: CastText['events'], position: number): number {
  let low = 0;
  let high = events.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((events[middle]?.from ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return events[low]?.at ?? 0;
}

function parseEvent(line: string): { interval: number; code: string; data: string } | null {
  if (!line.startsWith('[')) return null;
  try {
    const [interval, code, data] = JSON.parse(line) as unknown[];
    return typeof interval === 'number' && typeof code === 'string' && typeof data === 'string' ? { interval, code, data } : null;
  } catch {
    return null;
  }
}
