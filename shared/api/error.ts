/** Errors that may be shown: each says what was wrong with what, and what to do next. */
import { z } from 'zod';

export const errorCode = z.enum([
  'bad-message', // not a call of the contract, or its input or output does not fit the schema
  'not-allowed', // this caller may not use this method
  'not-found', // unknown topic, step, run
  'bad-parameters', // a value the topic refuses
  'does-not-apply', // the procedure is not for this target
  'wrong-state', // the run does not offer that now
  'not-confirmed', // the typed confirmation does not match
  'storage', // the data folder can't be read or written, or is full
  'locked', // another process has the run
  'session', // the terminal could not be started or was lost
  'file', // a file on the target can't be read or written as it should be
  'not-intact', // the record of the run, or the bundle, is not as it was written
  'ledger-damaged', // the ledger of the data folder is not as it was written
  'cancelled', // called off by the admin; nothing was left behind
  'disconnected', // the backend went away during the call
  'internal', // a defect of Wrenchbook
]);
export type ErrorCode = z.infer<typeof errorCode>;

export const wireError = z.object({ code: errorCode, message: z.string(), next: z.string() });
export type WireError = z.infer<typeof wireError>;

export class WrenchbookError extends Error {
  readonly code: ErrorCode;
  /** The next thing to do, as a sentence. */
  readonly next: string;

  constructor(code: ErrorCode, message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WrenchbookError';
    this.code = code;
    this.next = next;
  }
}

/** Anything thrown, as what may cross the wire. Unexpected errors keep their message and are named as defects. */
export function toWireError(thrown: unknown): WireError {
  if (thrown instanceof WrenchbookError) return { code: thrown.code, message: thrown.message, next: thrown.next };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message: `Internal error in Wrenchbook: ${message}`, next: 'Nothing more was run. Please report this with the transcript.' };
}
