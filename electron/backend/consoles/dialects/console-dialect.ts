/**
 * How a console that has no POSIX shell for our helper speaks: what its prompt looks like, how a line is ended and cleared,
 * what it asks in between. Pure data. It stands here and not in the topic kit: a topic names a dialect and never sees a pattern
 * of it; what a line of a console step looks like in a rehearsal is the kit's (`shared/topic-kit/console-dialect.ts`).
 *
 * Patterns are matched against the last line of what has arrived, escape sequences taken out, once the console is quiet.
 */
export interface ConsoleDialect {
  name: string;
  prompt: RegExp;
  lineEnd: string;
  /** Whether the console shows what is typed; without it a lost character can't be noticed. */
  echoes: boolean;
  /** Empties the line that is being typed, without effect. */
  clearLine: string;
  pagers: readonly { pattern: RegExp; answer: string }[];
  /** Countdowns before the prompt, and the key that leads to the prompt without starting anything. */
  countdowns: readonly { pattern: RegExp; answer: string }[];
  /** Lines that only a machine prints that has just started, anywhere in the output. */
  restarted?: RegExp;
  login?: { user: RegExp; password: RegExp };
  status?: ConsoleStatus;
  /** Characters a second that the console takes for sure; as fast as it goes where none is given. */
  charactersPerSecond?: number;
}

/** How it is known whether a command went well: by asking, or by a line of its output. */
export type ConsoleStatus = { ask: string; value: RegExp; good: string } | { failed: RegExp };

export const returnKey = '\r';
export const escapeKey = '\x1b';
/** Ctrl-U: the kill character of terminals, readline and most command lines of devices. */
export const killLine = '\x15';

export const commonPagers: ConsoleDialect['pagers'] = [
  { pattern: /^\s*-+ ?\(?[Mm]ore\)?(?: \(?\d+%\)?)? ?-+\s*$/, answer: ' ' },
  { pattern: /^\s*(?:Press|Hit) (?:any key|<?space>?|SPACE) to continue\b.*$/, answer: ' ' },
];

/** A command line of which no more than its prompt is known. The pattern should end with `$` and be as narrow as can be. */
export const promptDialect = (prompt: RegExp): ConsoleDialect => ({
  name: 'other command line',
  prompt,
  lineEnd: returnKey,
  echoes: true,
  clearLine: killLine,
  pagers: commonPagers,
  countdowns: [],
});
