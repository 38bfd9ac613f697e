/**
 * How the text of a step is run: at once in the terminal, held by tmux or screen on the target, or over a restart of the target. It returns
 * what was printed and how that ended; who judges it does not know how it was run.
 */
import type { Verdict } from '../../../../shared/api/run.ts';
import type { Prompt, RenderedText } from '../../../../shared/topic-kit/index.ts';
import type { GoesOn } from '../run-event.ts';

/** What came of it; null where nobody here saw it. */
export type Executed = { exitStatus: number; text: string } | null;

export interface Execution {
  /** `askStatus`: a console is asked how its last line went, as nothing else tells. Rejects with WrenchbookError `session`. */
  run(text: RenderedText, prompts: readonly Prompt[], askStatus: boolean): Promise<Executed>;
  /** What has to come about after it, before it is proved. */
  afterwards?(): Promise<Verdict>;
}

/** One that goes on when its end is not seen here, or is told by the way back to the target. */
export interface LastingExecution extends Execution {
  /** Where it is found again. */
  readonly goesOn: GoesOn;
  /** Once its end was written down. */
  release?(): Promise<unknown>;
}
