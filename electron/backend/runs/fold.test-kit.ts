/** Folds events at once and one after the other: both give the same record, and no record changes that somebody may still hold. */
import { expect } from 'vitest';
import type { RunEvent } from './run-event.ts';
import { extendRecord, foldRun, type RunRecord } from './run-fold.ts';

export function foldBothWays(events: readonly RunEvent[]): RunRecord {
  const whole = foldRun(events);
  let record = foldRun(events.slice(0, 1));
  for (const event of events.slice(1)) {
    const before = structuredClone(record);
    const next = extendRecord(record, [event]);
    expect(record).toEqual(before);
    record = next;
  }
  expect(record).toEqual(whole);
  return whole;
}
