/** Long commands of a run: held by tmux or screen on the target, followed here, and found again when the link was lost. */
import type { Prompt } from '../../../../shared/topic-kit/index.ts';
import { KeptCommand, type KeptLine, type KeptPlace } from '../../sessions/kept/kept-command.ts';
import { SessionLost } from '../../sessions/session-lost.ts';
import type { RunLink } from '../link/run-link.ts';
import type { RunTerminal } from '../run-terminal.ts';
import { StepOutput } from '../step-output.ts';

/** More than what a link says when it is lost. */
const lastWords = 4096;

export class KeptRun {
  private readonly terminal: RunTerminal;
  private readonly link: RunLink;
  private readonly line: KeptLine;
  private output = new StepOutput();

  constructor(terminal: RunTerminal, link: RunLink) {
    this.terminal = terminal;
    this.link = link;
    this.line = {
      quietly: (script) => terminal.quietly(script),
      show: async (script, prompts) => (await terminal.run(script, prompts, this.output)).exitStatus,
    };
  }

  /** A place on the target in which nothing runs yet; null where neither tmux nor screen can hold one. */
  prepare = () => KeptCommand.prepare(this.line);
  at = (place: KeptPlace) => new KeptCommand(this.line, place);

  /**
   * Follows it to its end, over as many links as that takes; null where it is not there any more. Rejects with SessionLost
   * where there is no link but this machine itself, and with what `RunLink.reach` says.
   */
  async follow(command: KeptCommand, prompts: readonly Prompt[], needsRoot: boolean): Promise<{ exitStatus: number; text: string } | null> {
    this.output = new StepOutput();
    let from = 0;
    let whole = true;
    for (;;) {
      try {
        if (!whole && (await command.state()) === 'waiting') return null;
        if (!whole) from = await this.resume(command, from);
        if (!(await command.follow(from, prompts))) return null;
        const exitStatus = await command.collect(from + this.output.bytes);
        return { exitStatus, text: (whole ? this.output : await this.all(command)).text() };
      } catch (thrown) {
        if (!(thrown instanceof SessionLost) || !this.link.linked || this.terminal.open) throw thrown;
        whole = false;
        const says = `${thrown.message} The command continues on the target, in ${command.place.by}.`;
        await this.link.reach({ kind: 'lost', needsRoot, says });
      }
    }
  }

  /** The byte to go on from. */
  private async resume(command: KeptCommand, from: number): Promise<number> {
    const next = await command.shownUpTo(from + this.output.bytes, this.output.last(lastWords));
    this.output = new StepOutput();
    return next;
  }

  private async all(command: KeptCommand): Promise<StepOutput> {
    const all = new StepOutput();
    all.push(await command.whole());
    return all;
  }
}
