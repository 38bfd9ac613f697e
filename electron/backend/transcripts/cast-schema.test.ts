/** What the recorder writes and the .cast export hands on is asciicast v3, by its specification. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Recording } from '../runs/recording.ts';
import { type CastEvent, castEvents, castHead } from './recording-reader.ts';

const header = z.strictObject({
  version: z.literal(3),
  term: z.strictObject({
    cols: z.int().positive(),
    rows: z.int().positive(),
    type: z.string().min(1).optional(),
    version: z.string().optional(),
    theme: z.unknown().optional(),
  }),
  timestamp: z.int().positive().optional(),
  idle_time_limit: z.number().optional(),
  command: z.string().optional(),
  title: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.string()).optional(),
});
const interval = z.number().nonnegative();
const event = z.union([
  z.tuple([interval, z.enum(['o', 'i', 'm']), z.string()]),
  z.tuple([interval, z.literal('r'), z.string().regex(/^[1-9]\d*x[1-9]\d*$/)]),
  z.tuple([interval, z.literal('x'), z.string().regex(/^\d+$/)]),
]);

const folder = mkdtempSync(path.join(tmpdir(), 'wb-cast-'));
let lines: string[] = [];
beforeAll(() => {
  const first = new Recording(folder, { cols: 91, rows: 27, title: 'a "title"\n' });
  first.marker('step "one" \\ 界');
  first.output(Buffer.from('\x00\x1b[31m"\\\t\r\n\u2028é😀'));
  first.output(Buffer.from([0xff, 0xfe, 0xc3]));
  first.resize(100, 30);
  first.output(Buffer.from([0xa9]));
  first.close();
  const again = new Recording(folder, { cols: 91, rows: 27, title: 'other' });
  again.output(Buffer.from('more'));
  again.close();
  lines = readFileSync(path.join(folder, 'recording.cast'), 'utf8').split('\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function eventsBack(): Promise<CastEvent[]> {
  const events: CastEvent[] = [];
  for await (const event of castEvents(folder)) events.push(event);
  return events;
}

describe('a recording', () => {
  it('is a header line and event lines, each ended by a line break', () => {
    expect(lines.pop()).toBe('');
    const [head = '', ...rest] = lines;
    expect(header.parse(JSON.parse(head))).toMatchObject({ term: { cols: 91, rows: 27 }, title: 'a "title"\n' });
    expect(rest.map((line) => event.parse(JSON.parse(line))[1])).toEqual(['m', 'o', 'r', 'o', 'm', 'o']);
  });

  it('has times as intervals: their sum is its length, not its last number', async () => {
    const intervals = lines.slice(1).map((line) => JSON.parse(line)[0] as number);
    const events = await eventsBack();
    expect(events.at(-1)?.ms).toBeCloseTo(intervals.reduce((sum, each) => sum + each, 0) * 1000, 6);
    expect(intervals[4]).toBe(1); // the pause between two sessions, as it is shown
    expect(intervals[0]).toBe(0);
  });

  it('is read back as it was shown, what is no UTF-8 as U+FFFD, a character over a resize as one', async () => {
    const shown = (await eventsBack()).filter(({ code }) => code === 'o').map(({ data }) => data);
    expect(shown.join('')).toBe('\x00\x1b[31m"\\\t\r\n\u2028é😀\ufffd\ufffdémore');
    expect(await castHead(folder)).toMatchObject({ cols: 91, rows: 27, timestamp: expect.any(Number) });
  });
});
