import { WrenchbookError } from '../../../shared/api/error.ts';

/**
 * silent: nothing came for too long · echo: what was typed came back wrong again and again, nothing was run · restarted: the
 * machine started anew under a command · ended: the line is gone · login: the name or password was refused
 */
export type ConsoleTroubleKind = 'silent' | 'echo' | 'restarted' | 'ended' | 'login';

export class ConsoleTrouble extends WrenchbookError {
  readonly trouble: ConsoleTroubleKind;
  /** The last lines that were seen, for people. */
  readonly lastLines: string;

  constructor(trouble: ConsoleTroubleKind, message: string, next: string, lastLines: string) {
    super('session', message, next);
    this.name = 'ConsoleTrouble';
    this.trouble = trouble;
    this.lastLines = lastLines;
  }
}
