/**
 * The terminal of a run on a machine that Wrenchbook does not reach. The admin types there and pastes what it printed: that is shown,
 * recorded and judged as if it had been printed here. Nothing is run.
 */
import { RunTerminal } from './run-terminal.ts';

export class HandTerminal extends RunTerminal {
  /** There is none, and nothing wants one. */
  override async ensureSession(): Promise<void> {}

  /** Takes it into the view and the recording; how a command ended is not known. */
  bring(pasted: string): { exitStatus: number; text: string } {
    const text = plainLines(pasted);
    this.take(Buffer.from(`${text.replaceAll('\n', '\r\n')}\r\n`));
    this.secrets.text(text);
    return { exitStatus: 0, text };
  }
}

/** What is pasted may come from a terminal's history, with colours and other controls in it. */
export function plainLines(pasted: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const controls = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
  return pasted
    .replace(/\r\n?/g, '\n')
    .replace(controls, '')
    .replace(/(?<!\n)\n+$/, '');
}
