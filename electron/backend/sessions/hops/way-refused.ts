import { WrenchbookError } from '../../../../shared/api/error.ts';
import { type Way, wayName } from '../../consoles/console-hop.ts';
import { type HopTrouble, rootTrouble, sshTrouble } from './hop-trouble.ts';

/** Nothing came of a way, and it was given up; nothing was run there. */
export class WaySilent extends WrenchbookError {
  /** As with `WayRefused`. */
  readonly stage: HopTrouble['stage'];

  constructor(hop: Way, { stage, cause, next }: HopTrouble) {
    super('session', `${wayName(hop)} did not get there. ${cause}`, `Nothing of the step was run. ${next}`);
    this.stage = stage;
  }
}

/** A hop did not lead where it should: nothing was run there. */
export class WayRefused extends WrenchbookError {
  /** `network`: trying again later may help; it does not with the others. */
  readonly stage: HopTrouble['stage'];

  /** `said`: what the way showed in the terminal. */
  constructor(hop: Way, status: number, said: string) {
    const { stage, cause, next } = hop.kind === 'ssh' ? sshTrouble(said, status) : hop.kind === 'console' ? consoleTrouble : rootTrouble(said, status);
    super('session', `${wayName(hop)} did not get there (exit status ${status}). ${cause}`, `Nothing of the step was run. ${next}`);
    this.stage = stage;
  }
}

const consoleTrouble: HopTrouble = {
  stage: 'network',
  cause: 'The console connection has ended.',
  next: 'Read the last lines in the terminal; check whether another program uses the console.',
};
