/** What a session is made of: how it is started, its levels, what runs in one, and the one that is being entered. */
import type { AnswerGate } from './answer-gate.ts';
import type { LossyLine } from './lossy-line.ts';
import type { SessionReady } from './mark-words.ts';

export interface SessionOptions {
  /** Path of assets/helper/session.sh. */
  helper: string;
  /** What the shell calls that file, where it has another name for it. */
  helperThere?: string;
  /** The shell and what makes it one, e.g. `['/bin/sh']` or `['busybox', 'ash']`. */
  shell: readonly [string, ...string[]];
  folder: string;
  environment: Readonly<Record<string, string>>;
  cols: number;
  rows: number;
  limits?: SessionLimits;
}
export interface Running {
  begun: boolean;
  /** It was told to stop, and went on as if it had not been: the next Ctrl-C ends the session. */
  deaf: boolean;
  /** Until it has begun, or where it was told to stop. */
  timer: NodeJS.Timeout | undefined;
  /** Takes what the script says, where that is not for the terminal. */
  take: ((bytes: Buffer) => void) | null;
  resolve(status: number): void;
  reject(error: Error): void;
}
/** A shell that a helper runs in: the session's own, or one behind a hop. */
export interface Level {
  nonce: string;
  running: Running | null;
  /** How the level is spoken of when it is lost. */
  name: string;
  /** The line to it, where that may lose characters. */
  lossy: LossyLine | null;
  /** Its helper gives signs of life. */
  beats: boolean;
  /** The text that its helper keeps for quiet scripts; empty where it has none. */
  kept: string;
  /** When a Ctrl-C came first while its helper was to begin something; null where none did. */
  interruptedAt: number | null;
}
export interface Arrival {
  resolve(ready: SessionReady): void;
  /** Sends what the helper waits for after its greeting. */
  greet(): void;
  token: string;
  level: Level;
  /** Whose questions on the way are answered; nothing else is typed until it is gone. */
  gate: AnswerGate;
  timer: NodeJS.Timeout | undefined;
}

export interface SessionLimits {
  /** A helper begins a script, or says that it is ready, within this time and a second for each 1,000 bytes that it has to read. */
  beginMs: number;
  /** A command that still runs so long after a Ctrl-C has not heeded it; nor has a helper that has begun nothing. */
  deafMs: number;
}
export const usualLimits: SessionLimits = { beginMs: 30_000, deafMs: 5000 };
