/** A line for the array's command line, and what it answers to every command. */
import { type ConsoleLine, type ConsoleStep, type Matcher, sh } from '../../topic-kit/index.ts';

/** In a rehearsal the simulated array takes it as arguments. */
export const arrayLine = (...line: string[]): ConsoleLine => ({ dialect: 'array-cli', directory: '', line, lab: sh`array ${line}` });

export const refused: Matcher = {
  kind: 'failure',
  id: 'refused',
  pattern: /^Error: /,
  text: 'Error: …',
  means: 'The array refuses the command.',
  next: 'Read its reason. If it does not know a word, ask it: help, and the first two words of the line.',
};
const done: Matcher = {
  kind: 'expected',
  id: 'success',
  pattern: /^Success: /,
  means: 'The array has done it.',
  missing: 'The array does not say that it has done it.',
  next: 'Read its lines above, and run the step again.',
};

type Words = Pick<ConsoleStep, 'id' | 'title' | 'intro' | 'danger'> & Partial<Omit<ConsoleStep, 'kind' | 'line' | 'directory' | 'dialect' | 'lab'>>;
/** One command. Further matchers come before what the array says to every one. */
export const arrayStep = ({ matchers = [], ...words }: Words, ...line: string[]): ConsoleStep => ({
  kind: 'console',
  minutes: 1,
  runsOn: 'the array',
  asUser: 'manage',
  ...arrayLine(...line),
  ...words,
  matchers: [...matchers, refused, done],
});
