/** Compares a run's journal with what the ledger saw of it: an end that was cut off together with its seal shows here. Pure. */
import type { LedgerContent } from './ledger.ts';
import { ledgerDigest } from './ledger-file.ts';

export interface LedgerCheck {
  findings: string[];
  /** How much the ledger's silence is worth, as a sentence. */
  says: string;
}

/** `lines`: the journal's, as they stand in the file. */
export function checkLedger(content: LedgerContent, runId: string, lines: readonly string[]): LedgerCheck {
  const findings: string[] = [];
  const seen = [...(content.reached.get(runId) ?? [])].sort((a, b) => b.event - a.event);
  const latest = seen[0];
  if (latest && latest.event >= lines.length)
    findings.push(`the end was cut off: the ledger saw event ${latest.event}, the journal has ${lines.length} (0 to ${lines.length - 1})`);
  const other = seen.find(({ event, digest }) => event < lines.length && ledgerDigest(lines[event] ?? '') !== digest);
  if (other) findings.push(`event ${other.event} is not the one the ledger saw`);
  return { findings, says: saying(content, latest?.event) };
}

function saying(content: LedgerContent, latest: number | undefined): string {
  if (!content.exists) return 'There is no ledger: an end that was cut off together with the seal would not show.';
  const known =
    latest === undefined
      ? 'The ledger does not know this run: an end that was cut off together with the seal would not show.'
      : `The ledger saw it up to event ${latest}.`;
  return content.findings.length === 0 ? known : `${known} The ledger itself is damaged: ${content.findings.slice(0, 3).join('; ')}.`;
}
