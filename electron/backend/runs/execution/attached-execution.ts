/** Runs a text in the terminal, or types it at the console, and sees its end there. */
import type { RunTerminal } from '../run-terminal.ts';
import type { Execution } from './execution.ts';

export const attachedExecution = (terminal: Pick<RunTerminal, 'execute'>): Execution => ({
  run: (text, prompts, askStatus) => terminal.execute(text, prompts, askStatus),
});
