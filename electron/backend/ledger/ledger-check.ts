/** Compares a run's journal with what the ledger saw of it: an end that was cut off together with its seal shows here. Pure. */
import type { LedgerContent } from './ledger.ts';
import { ledgerDigest } from './ledger-file.ts';

export interface LedgerCheck {
  findings: string[];
  /** Whether it vouches for the run up to its last event. */
  vouches: boolean;
  /** Whether it saw an end of the run before that was written, or knew the run before it was begun itself. */
  endingSeen: boolean;
  /** Whether it knows that the run has a seal. */
  sealed: boolean;
  /** How much the ledger's silence is worth, as a sentence. */
  says: string;
}

/** `lines`: the journal's, as they stand in the file. */
export function checkLedger(content: LedgerContent, runId: string, lines: readonly string[]): LedgerCheck {
  const findings: string[] = [];
  const run = content.runs.get(runId);
  const seen = [...(run?.reached ?? [])].sort((a, b) => b.event - a.event);
  const latest = seen[0];
  if (latest && latest.event >= lines.length)
    findings.push(`the end was cut off: the ledger saw event ${latest.event}, the journal has ${lines.length} (0 to ${lines.length - 1})`);
  const other = seen.find(({ event, digest }) => event < lines.length && ledgerDigest(lines[event] ?? '') !== digest);
  if (other) findings.push(`event ${other.event} is not the one the ledger saw`);
  // Only what was written for that: that an archive was made of it, say, makes no record a true one.
  const trusted = run && content.signed && content.findings.length === 0 ? [...run.endings, ...(run.adopted ? [run.adopted] : [])] : [];
  const fitting = trusted.filter(({ event, digest }) => ledgerDigest(lines[event] ?? '') === digest);
  return {
    findings,
    vouches: fitting.some(({ event }) => event === lines.length - 1),
    endingSeen: fitting.length > 0,
    sealed: run?.sealed ?? false,
    says: saying(content, latest?.event),
  };
}

function saying(content: LedgerContent, latest: number | undefined): string {
  if (!content.exists) return 'There is no ledger: an end that was cut off together with the seal would not be noticed.';
  return latest === undefined
    ? 'The ledger does not know this run: an end that was cut off together with the seal would not be noticed.'
    : `The ledger has it up to event ${latest}.`;
}
