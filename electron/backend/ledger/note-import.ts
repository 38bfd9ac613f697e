import { readJournal } from '../runs/journal.ts';
import type { Ledger } from './ledger.ts';

/** A run that was taken in begins anew for the ledger: it may have come less far than it had when it was here before. */
export function noteImport(ledger: Ledger, runFolder: string, runId: string): void {
  const { events, lastDigest } = readJournal(runFolder);
  ledger.note({ type: 'imported', runId, event: events.length - 1, digest: lastDigest });
}
