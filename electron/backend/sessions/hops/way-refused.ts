import { WrenchbookError } from '../../../../shared/api/error.ts';
import { type Way, wayName } from '../../consoles/console-hop.ts';
import { type HopTrouble, rootTrouble, sshTrouble } from './hop-trouble.ts';

/** Nothing came of a way, and it was given up; nothing was run there. */
export class WaySilent extends WrenchbookError {
  readonly trouble: HopTrouble;

  constructor(hop: Way, trouble: HopTrouble) {
    super('session', `${wayName(hop)} did not get there. ${trouble.cause}`, `Nothing of the step was run. ${trouble.next}`);
    this.trouble = trouble;
  }
  /** As with `WayRefused`. */
  get stage(): HopTrouble['stage'] {
    return this.trouble.stage;
  }
}

/** A hop did not lead where it should: nothing was run there. */
export class WayRefused extends WrenchbookError {
  readonly trouble: HopTrouble;
  /** What the way showed in the terminal. */
  readonly said: string;

  constructor(hop: Way, status: number, said: string) {
    const trouble = hop.kind === 'ssh' ? sshTrouble(said, status) : hop.kind === 'console' ? consoleTrouble : rootTrouble(said, status);
    super('session', `${wayName(hop)} did not get there (exit status ${status}). ${trouble.cause}`, `Nothing of the step was run. ${trouble.next}`);
    this.trouble = trouble;
    this.said = said;
  }
  /** `network`: trying again later may help; it does not with the others. */
  get stage(): HopTrouble['stage'] {
    return this.trouble.stage;
  }
}

const consoleTrouble: HopTrouble = {
  stage: 'network',
  cause: 'The console connection has ended.',
  next: 'Read the last lines in the terminal; check whether another program uses the console.',
};
