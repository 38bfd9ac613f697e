/** Checks that a run's record is as it was written: the journal's chain, the recording against its marks, the seal. */
import { createReadStream, existsSync } from 'node:fs';
import type { Verification } from '../../../shared/api/transcript.ts';
import { checkSeal } from '../bundles/run-seal.ts';
import { fingerprintOf } from '../keys/public-key.ts';
import type { LedgerContent } from '../ledger/ledger.ts';
import { checkLedger } from '../ledger/ledger-check.ts';
import { readJournal } from '../runs/journal.ts';
import { recordingFile } from './recording-blocks.ts';
import { checkMarks } from './recording-marks.ts';

/** Findings name what does not fit, a sentence each. `knows`: whether a key counts here; `seen`: what the ledger tells. Flat memory. */
export async function verifyRun(
  folder: string,
  knows: (fingerprint: string) => boolean,
  seen?: { runId: string; ledger: LedgerContent },
): Promise<Verification> {
  const { events, findings, lines } = readJournal(folder);
  const problems = [...findings];
  if (events[0]?.type !== 'run-created') problems.push('the journal does not begin with the creation of a run');
  const recording = recordingFile(folder);
  const stream = existsSync(recording) ? createReadStream(recording) : null;
  stream?.on('error', () => undefined); // thrown where it is read; without marks nobody does
  try {
    problems.push(...(await checkMarks(events, stream)));
  } finally {
    stream?.destroy();
  }
  const { seal, findings: sealFindings } = checkSeal(folder, events, lines, knows);
  problems.push(...sealFindings);
  const ledger = seen ? checkLedger(seen.ledger, seen.runId, lines) : null;
  problems.push(...(ledger?.findings ?? []));
  return {
    ok: problems.length === 0,
    findings: problems,
    events: events.length,
    signed: seal ? { at: seal.at, fingerprint: fingerprintOf(seal.publicKey), events: seal.seq + 1 } : null,
    ledger: ledger?.says ?? null,
  };
}
