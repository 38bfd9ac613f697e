import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LossyLine } from './lossy-line.ts';

let sent = '';
let failed: string[] = [];
let line: LossyLine;
const text = { head: 'run\n', body: `=${'x'.repeat(300)}\n`, end: '\nend 1 2\n' };
const whole = text.head + text.body + text.end;
beforeEach(() => {
  vi.useFakeTimers();
  sent = '';
  failed = [];
  line = new LossyLine((bytes) => {
    sent += bytes.toString();
  });
});
afterEach(() => vi.useRealTimers());
const deliver = () => line.deliver(text, (detail) => failed.push(detail));
const soon = () => vi.advanceTimersByTime(5000);

it('sends in small pieces, the last line alone, and is done when it was taken', () => {
  deliver();
  vi.advanceTimersByTime(1);
  expect(sent.length).toBeLessThan(10);
  vi.advanceTimersByTime(200);
  expect(sent).not.toContain('end');
  soon();
  expect(sent).toBe(whole);
  line.taken();
  vi.advanceTimersByTime(60_000);
  expect([sent, failed]).toEqual([whole, []]);
});

it('sends once more for each damage, and never twice for one: what is sent twice could be run twice', () => {
  deliver();
  soon();
  line.damaged();
  line.damaged();
  soon();
  expect(sent).toBe(whole + whole);
  line.taken();
  line.damaged();
  soon();
  expect(sent).toBe(whole + whole);
});

it('types nothing at a side that does not answer, and says so', () => {
  deliver();
  soon();
  vi.advanceTimersByTime(60_000);
  expect([sent, failed]).toEqual([whole, ['it does not answer']]);
});

it('sends again to a side that does not answer where nothing can be running there, and gives up in the end', () => {
  line.deliver(text, (detail) => failed.push(detail), { harmless: true });
  soon();
  vi.advanceTimersByTime(30_000 + 10_000);
  expect([sent, failed]).toEqual([whole + whole, []]);
  vi.advanceTimersByTime(600_000);
  expect([sent, failed]).toEqual([whole.repeat(5), ['it does not answer']]);
});

it('gives up where it never arrives whole, slower each time', () => {
  const took: number[] = [];
  deliver();
  for (let time = 1; time <= 5; time++) {
    const from = Date.now();
    while (sent.length < whole.length * time) vi.advanceTimersByTime(20);
    took.push(Date.now() - from);
    vi.advanceTimersByTime(100);
    line.damaged();
  }
  expect(failed).toEqual(['the line loses characters, however slowly they are sent']);
  expect(took.every((ms, at) => at === 0 || ms > (took[at - 1] ?? 0))).toBe(true);
});

it('forgets what it was to send when it is closed', () => {
  deliver();
  line.close();
  soon();
  expect(sent.length).toBeLessThan(10);
});
