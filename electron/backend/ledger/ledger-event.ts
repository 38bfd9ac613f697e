/** One line of the ledger: what became of the runs of a data folder. Versioned; fields are only ever added. */
import { z } from 'zod';
import { tombstone } from '../../../shared/api/storage.ts';

/** Goes up when a reader of the old form would misunderstand the new one. */
export const ledgerVersion = 1;

export const ledgerEventHead = z.object({
  v: z.literal(ledgerVersion),
  /** 0, 1, 2 … without gaps. */
  seq: z.number().int(),
  at: z.string(),
  /** SHA-256 of the line before, hex; 64 zeros for the first. */
  prev: z.string(),
  /** Public key of who wrote it (raw, base64), and the signature; lines of earlier versions have none. */
  key: z.string().optional(),
  sig: z.string().optional(),
});

/** How far a run's journal had come: number of its last event, and the SHA-256 of that event's line. */
const reached = { runId: z.string(), event: z.number().int(), digest: z.string() };
const decided = { why: z.string(), by: z.string() };

export const ledgerEventBody = z.discriminatedUnion('type', [
  /** The first line of a ledger that did not begin with the data folder: what was there before, and what was wrong with it. */
  z.object({ type: z.literal('begun'), ...decided, before: z.string().nullable(), findings: z.array(z.string()) }),
  /** Fine by itself when the ledger was begun; what was signed of it before, or not, is left at that. */
  z.object({ type: z.literal('adopted'), ...reached }),
  /** A run was begun here. Before there is one. */
  z.object({ type: z.literal('started'), ...reached }),
  /** The run, or its undo, is about to end with this event: a process that is killed before its seal leaves this. */
  z.object({ type: z.literal('ending'), ...reached }),
  z.object({ type: z.literal('sealed'), ...reached }),
  z.object({ type: z.literal('imported'), ...reached }),
  z.object({ type: z.literal('archived'), ...reached, ...decided, bytes: z.number(), packedBytes: z.number(), sha256: z.string() }),
  z.object({ type: z.literal('restored'), ...reached, ...decided }),
  tombstone.omit({ at: true, stillHere: true }).extend({ type: z.literal('deleted') }),
  /** The line before this one was not as a Wrenchbook of this workstation writes it. */
  z.object({ type: z.literal('damage'), text: z.string() }),
  z.object({ type: z.literal('note'), text: z.string() }),
]);
export type LedgerEventBody = z.infer<typeof ledgerEventBody>;
export type LedgerEvent = z.infer<typeof ledgerEventHead> & LedgerEventBody;
export type Reached = { runId: string; event: number; digest: string };
