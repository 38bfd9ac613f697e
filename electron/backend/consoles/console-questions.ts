/** Which lines of a console without a shell of ours are questions: what is typed at its prompt is a command, and those are the plan's. */
import type { ConsoleDialect } from './dialects/console-dialect.ts';

const questions = /[?:\])] ?$|\b(?:press|hit)\b.{0,60}$/i;

export const asksAtConsole =
  ({ prompt }: ConsoleDialect) =>
  (line: string): boolean =>
    questions.test(line) && !prompt.test(line);
