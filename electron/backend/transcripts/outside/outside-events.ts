/** A recording's events as they may be seen outside. */
import type { CastEvent } from '../recording-reader.ts';
import type { OutsideNames } from './outside-names.ts';
import { OutsideStream } from './outside-stream.ts';

/** A word whose end is still to come is shown with the next output; at a marker, and at the end, there is none. */
export async function* outsideEvents(events: AsyncIterable<CastEvent>, names: OutsideNames): AsyncGenerator<CastEvent> {
  const output = new OutsideStream((word) => names.replace(word));
  let ms = 0;
  for await (const event of events) {
    ms = event.ms;
    if (event.code === 'o') {
      yield { ...event, data: output.push(event.data) };
      continue;
    }
    if (event.code === 'm') yield { ms, code: 'o', data: output.end() };
    yield { ...event, data: names.replace(event.data) };
  }
  yield { ms, code: 'o', data: output.end() };
}

/** Meets the names in a recording. */
export async function discoverNames(events: AsyncIterable<CastEvent>, names: OutsideNames): Promise<void> {
  const meet = (word: string) => {
    if (word.includes('@') || word.includes('/')) names.discover(word);
    return word;
  };
  const output = new OutsideStream(meet);
  for await (const { code, data } of events) if (code === 'o') output.push(data);
  output.end();
}

/** Events as lines of asciicast v3, after the header. */
export async function* castLines(header: object, events: AsyncIterable<CastEvent>): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`;
  let shownMs = 0;
  for await (const { ms, code, data } of events) {
    if (code === 'o' && data === '') continue;
    const interval = Math.max(0, Math.round((ms - shownMs) * 1000) / 1e6);
    shownMs += interval * 1000;
    yield `${JSON.stringify([interval, code, data])}\n`;
  }
}

/** The same value with every text in it replaced; keys stay. */
export function outsideTexts<T>(value: T, names: OutsideNames): T {
  const replaced = (inner: unknown): unknown => {
    if (typeof inner === 'string') return names.replace(inner);
    if (Array.isArray(inner)) return inner.map(replaced);
    if (inner !== null && typeof inner === 'object') return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, replaced(each)]));
    return inner;
  };
  return replaced(value) as T;
}
