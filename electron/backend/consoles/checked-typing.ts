/**
 * Types a line and compares every character with what comes back, before the line is ended: a line that arrived damaged is
 * emptied and typed again, slower, and is never run.
 */
import type { ConsoleDialect } from './dialects/console-dialect.ts';

/** What typing needs of a session. */
export interface TypingPlace {
  readonly dialect: ConsoleDialect;
  write(text: string): void;
  /** Forgets what has come; `echo` counts from here. */
  begin(): void;
  readonly echo: string;
  readonly empty: boolean;
  /** Resolves when something has come and paused, or with false when nothing came for `silenceMs`. */
  pause(silenceMs: number): Promise<boolean>;
  sleep(ms: number): Promise<void>;
}
/** Characters a second; learnt from a console that lost some, and kept for its next lines. */
export interface Pace {
  charactersPerSecond: number;
}

const tries = 5;
const fastest = 400;
const slowest = 5;
const echoMs = 700;
const clearTries = 4;

export type Typed = 'typed' | 'damaged' | 'not-cleared';

/** `damaged`: the last try was emptied too. `not-cleared`: what stands on the console's line is not known. Neither was run. */
export async function typeChecked(place: TypingPlace, line: string, pace: Pace): Promise<Typed> {
  for (let time = 1; time <= tries; time++) {
    place.begin();
    await typePaced(place, line, pace.charactersPerSecond);
    if (!place.dialect.echoes || (await cameBack(place, line))) return 'typed';
    if (!(await clearLine(place))) return 'not-cleared';
    pace.charactersPerSecond = Math.max(slowest, Math.min(fastest, pace.charactersPerSecond) / 4);
  }
  return 'damaged';
}

async function typePaced(place: TypingPlace, line: string, rate: number): Promise<void> {
  if (!Number.isFinite(rate)) return place.write(line);
  for (const character of line) {
    place.write(character);
    await place.sleep(1000 / rate);
  }
}

/** Judged when the console pauses, so that a last character that comes twice is seen. */
async function cameBack(place: TypingPlace, line: string): Promise<boolean> {
  while (place.echo !== line) if (!(await place.pause(echoMs))) return false;
  // It may have been right between two looks and go on.
  while (await place.pause(settledMs)) if (place.echo !== line) return false;
  return place.echo === line;
}
const settledMs = 40;

/**
 * The key that empties the line may be lost like any other. That it arrived is known by what the console does: it wipes
 * characters off its screen. Where not one character came back, two unanswered tries stand for an empty line.
 */
async function clearLine(place: TypingPlace): Promise<boolean> {
  const nothingSeen = place.empty;
  for (let time = 1; time <= clearTries; time++) {
    place.begin();
    place.write(place.dialect.clearLine);
    const answered = await place.pause(echoMs);
    while (await place.pause(settledMs));
    if (answered) return true;
    if (nothingSeen && time >= 2) return true;
  }
  return false;
}
