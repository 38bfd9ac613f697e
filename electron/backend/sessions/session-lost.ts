import { WrenchbookError } from '../../../shared/api/error.ts';

/** The way to where a script was running is gone: the terminal, or a hop to another machine or user. */
export const sessionLost = (detail: string) =>
  new WrenchbookError(
    'session',
    `The terminal session was lost: ${detail}.`,
    'Find out in which state the machine is, then open the run again and decide at the step that was cut off.',
  );
