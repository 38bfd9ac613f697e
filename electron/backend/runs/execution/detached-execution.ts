/** A command that tmux or screen holds on the target: begun there, followed here over as many links as that takes, and found again later. */
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { Prompt, RenderedText } from '../../../../shared/topic-kit/index.ts';
import type { KeptCommand } from '../../sessions/kept/kept-command.ts';
import { SessionLost } from '../../sessions/session-lost.ts';
import type { RunLink } from '../link/run-link.ts';
import type { Executed, LastingExecution } from './execution.ts';
import type { KeptRun } from './kept-run.ts';

interface DetachedSurroundings {
  kept: KeptRun;
  link: Pick<RunLink, 'linked'>;
  needsRoot: boolean;
  /** It is not on the target any more; `because` says why. */
  onGone(because: string): void;
}

export class DetachedExecution implements LastingExecution {
  readonly goesOn: KeptCommand['place'];
  private readonly command: KeptCommand;
  private readonly around: DetachedSurroundings;
  /** Resolves with whether it has begun; of one that was begun earlier there is none. */
  private readonly begin: ((script: string) => Promise<boolean>) | null;

  constructor(command: KeptCommand, around: DetachedSurroundings, begin: DetachedExecution['begin'] = null) {
    this.command = command;
    this.around = around;
    this.begin = begin;
    this.goesOn = command.place;
  }

  async run({ script }: RenderedText, prompts: readonly Prompt[]): Promise<Executed> {
    const { kept, needsRoot, onGone } = this.around;
    const ended = (await this.begun(script)) ? await kept.follow(this.command, prompts, needsRoot) : null;
    if (ended) return ended;
    const because = await whyGone(this.command);
    onGone(because);
    throw new WrenchbookError('session', `The end of the command was not seen. ${because}`, 'Find out how far it got, then decide.');
  }

  release(): Promise<unknown> {
    return this.command.withdraw();
  }

  /** Where the link is lost in this very moment, following it tells whether it has begun. */
  private async begun(script: string): Promise<boolean> {
    try {
      return this.begin ? await this.begin(script) : true;
    } catch (thrown) {
      if (thrown instanceof SessionLost && this.around.link.linked) return true;
      throw thrown;
    }
  }
}

/** Takes what is left of it off the target. */
export async function whyGone(command: KeptCommand): Promise<string> {
  const begun = await command.withdraw();
  return begun === 'no'
    ? 'The connection was lost before the whole command arrived: nothing of it was run.'
    : `It, or ${command.place.by} around it, was killed there, or the target was restarted.`;
}
