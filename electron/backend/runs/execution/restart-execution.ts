/** A command that restarts the target: it may take its own answer along, and it counts once the target answers after another boot. */
import type { Verdict } from '../../../../shared/api/run.ts';
import type { Prompt, RenderedText } from '../../../../shared/topic-kit/index.ts';
import { SessionLost } from '../../sessions/session-lost.ts';
import { awaitRestart } from '../link/restart-wait.ts';
import type { RunLink } from '../link/run-link.ts';
import type { RunTerminal } from '../run-terminal.ts';
import { StepOutput } from '../step-output.ts';
import type { Executed, LastingExecution } from './execution.ts';

interface RestartSurroundings {
  terminal: RunTerminal;
  link: RunLink;
  /** Names the boot before it. */
  boot: string;
  /** Minutes. */
  within: number;
  /** It was run already: only what comes of it is waited for. */
  begun?: true;
}

export class RestartExecution implements LastingExecution {
  readonly goesOn: { by: 'restart'; boot: string };
  private readonly around: RestartSurroundings;

  constructor(around: RestartSurroundings) {
    this.around = around;
    this.goesOn = { by: 'restart', boot: around.boot };
  }

  async run({ script }: RenderedText, prompts: readonly Prompt[]): Promise<Executed> {
    const { terminal, link, begun } = this.around;
    if (begun) return null;
    const output = new StepOutput();
    try {
      return await terminal.run(script, prompts, output);
    } catch (thrown) {
      if (!(thrown instanceof SessionLost) || !link.linked) throw thrown;
      return { exitStatus: 0, text: output.text() };
    }
  }

  afterwards(): Promise<Verdict> {
    const { terminal, link, boot, within } = this.around;
    return awaitRestart(link, terminal, { boot, within });
  }
}
