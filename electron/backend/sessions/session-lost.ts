import { WrenchbookError } from '../../../shared/api/error.ts';

/** The way to where a script was running is gone: the terminal, or a hop to another machine or user. */
export class SessionLost extends WrenchbookError {
  /** `next`: where it is not to be found out what became of a script. */
  constructor(detail: string, next = 'Find out in which state the machine is, then open the run again and decide at the interrupted step.') {
    super('session', `The terminal session was lost: ${detail}.`, next);
  }
}

export const sessionLost = (detail: string) => new SessionLost(detail);

/** It was ended here, and is not opened again by itself. */
export const sessionEnded = (detail: string) =>
  new WrenchbookError(
    'session',
    `The terminal session was ended: ${detail}.`,
    'Find out in which state the machine is, and whether it can be trusted, then decide at the interrupted step.',
  );
