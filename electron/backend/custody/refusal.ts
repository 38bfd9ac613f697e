import type { WireError } from '../../../shared/api/error.ts';
import type { VerifiedRun } from '../transcripts/verify.ts';

/** Why nothing is done with a run but reading it; null where its record is intact. Pure. */
export function refusal(runId: string, { findings, ledgerFindings }: Pick<VerifiedRun, 'findings' | 'ledgerFindings'>): WireError | null {
  const read = `It can be read ("wrenchbook transcripts show ${runId}"), but not continued, undone or exported`;
  const [first] = findings;
  if (first !== undefined)
    return {
      code: 'not-intact',
      message: `The record of run ${runId} is not intact: ${first}${andMore(findings)}.`,
      next: `${read}. "wrenchbook transcripts verify ${runId}" lists everything. Restore its folder from a backup, or start a new run.`,
    };
  const [ledger] = ledgerFindings;
  if (ledger === undefined) return null;
  return {
    code: 'ledger-damaged',
    message: `The ledger of this data folder is damaged: ${ledger}${andMore(ledgerFindings)}.`,
    next: `${read}. Restore ledger.jsonl from a backup; or, once you have checked the runs, start a new one: "wrenchbook storage renew-ledger".`,
  };
}

const andMore = (findings: readonly string[]) => (findings.length > 1 ? `, and ${findings.length - 1} more` : '');
