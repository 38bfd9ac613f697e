/** Checks that a run's record is unchanged since it was written, and by whom: journal, recording, seal, and what the ledger saw. */
import { createReadStream, existsSync } from 'node:fs';
import type { Verification } from '../../../shared/api/transcript.ts';
import { checkSeal, type RunSeal } from '../bundles/run-seal.ts';
import { fingerprintOf } from '../keys/public-key.ts';
import type { LedgerContent } from '../ledger/ledger.ts';
import { checkLedger, type LedgerCheck } from '../ledger/ledger-check.ts';
import { type JournalContent, readJournal } from '../runs/journal.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { foldRun, type RunRecord } from '../runs/run-fold.ts';
import { signatureOf } from '../runs/signed-line.ts';
import { recordingFile } from './recording-blocks.ts';
import { checkMarks, markOf } from './recording-marks.ts';

/** Whose signatures count for the run, and which of them are this workstation's. */
export interface RunKeys {
  knows(fingerprint: string): boolean;
  isOwn(fingerprint: string): boolean;
}
export interface VerifyOptions {
  keys: RunKeys;
  ledger: LedgerContent;
  /** False: all but the recording, which may be long. */
  recording?: boolean;
  signal?: AbortSignal | undefined;
  /** Events of earlier versions, which nobody signed, are let pass, and seals that those did not write. */
  unsigned?: boolean;
}
/** With what somebody needs who goes on with the run. */
export interface VerifiedRun extends Verification {
  journal: JournalContent;
  /** Whether this workstation signed the run's beginning, and so the commands in its plan. */
  madeHere: boolean;
}

/** Findings name what does not fit, a sentence each. Flat memory but for the journal. Throws `storage` for what can't be read. */
export async function verifyRun(
  folder: string,
  runId: string,
  { keys, ledger, recording = true, signal, unsigned = false }: VerifyOptions,
): Promise<VerifiedRun> {
  const journal = readJournal(folder);
  const { events, lines } = journal;
  const findings = [...journal.findings];
  const [created] = events;
  if (created?.type !== 'run-created') findings.push('the journal does not begin with the creation of a run');
  else if (created.runId !== runId) findings.push(`the journal is that of another run, ${created.runId}`);
  const { seal, findings: sealFindings } = checkSeal(folder, events, lines, keys.knows);
  findings.push(...sealFindings);
  const seen = checkLedger(ledger, runId, lines);
  findings.push(...seen.findings);
  const ofBefore = unsigned && lines.every((line) => signatureOf('event', line) === null);
  if (findings.length === 0 && !ofBefore) findings.push(...vouchFindings(journal, seal, seen, keys), ...missingSeal(events, seal, seen));
  const marks = recording ? await checkRecording(folder, events, seal, signal) : { findings: [], unvouched: 0 };
  findings.push(...marks.findings);
  const madeHere = isSignedBy(lines[0], keys.isOwn);
  const ledgerFindings = [...ledger.findings, ...(seal ? ledgerOfSeal(runId, seal, ledger, keys) : [])];
  if (ledgerFindings.length === 0 && madeHere && !ledger.runs.has(runId))
    ledgerFindings.push(ledger.exists ? 'the ledger does not list this run, which was started here: lines are missing' : 'the ledger is missing');
  return {
    ok: findings.length === 0 && ledgerFindings.length === 0,
    findings,
    ledgerFindings,
    events: events.length,
    signed: signedBy(journal, seal),
    unvouched: marks.unvouched,
    ledger: seen.says,
    journal,
    madeHere,
  };
}

const isSignedBy = (line: string | undefined, knows: (fingerprint: string) => boolean): boolean => {
  const signature = line === undefined ? null : signatureOf('event', line);
  return signature?.fits === true && knows(fingerprintOf(signature.key));
};

/** In a chain that holds, whoever vouches for the last event vouches for all. */
function vouchFindings({ lines }: JournalContent, seal: RunSeal | null, ledger: LedgerCheck, { knows }: RunKeys): string[] {
  const last = lines.length - 1;
  if (seal?.seq === last || ledger.vouches) return [];
  const signature = signatureOf('event', lines[last] ?? '');
  if (!signature) {
    const from = seal ? seal.seq + 1 : 0;
    return [
      `${from === last ? `event ${last} is` : `the events ${from} to ${last} are`} not signed: Wrenchbook did not write ${from === last ? 'it' : 'them'}, or an earlier version did that was not left before it was replaced`,
    ];
  }
  if (!signature.fits) return [`event ${last} was changed: its signature does not fit`];
  return knows(fingerprintOf(signature.key)) ? [] : [`event ${last} is signed with a key that is not known here: ${fingerprintOf(signature.key)}`];
}

/**
 * Where a seal has to be: when the ledger saw one, when the run has ended, and when something was begun after something else
 * had ended. A process that is killed between the end and its seal leaves a line in the ledger.
 */
function missingSeal(events: readonly RunEvent[], seal: RunSeal | null, ledger: LedgerCheck): string[] {
  if (seal) return [];
  if (ledger.sealed) return ['the seal is missing: the ledger saw it'];
  if (ledger.endingSeen && !wasLeftAfterItsEnd(events)) return [];
  if (hasEnded(foldRun(events))) return ['the run has ended, and its seal is missing'];
  const firstEnd = events.findIndex(({ type }) => type === 'step-ended' || type === 'remedy-ended' || type === 'undo-ended');
  const goneOn = firstEnd >= 0 && events.slice(firstEnd).some(({ type }) => type === 'step-started' || type === 'remedy-started' || type === 'undo-started');
  return goneOn ? ['the seal is missing: every run has one after its first step'] : [];
}
/** Who leaves a run that has ended has sealed it before. */
function wasLeftAfterItsEnd(events: readonly RunEvent[]): boolean {
  const end = events.findLastIndex(({ type }) => type === 'run-ended' || type === 'undo-ended');
  return end >= 0 && events.slice(end).some((event) => event.type === 'session-ended' && event.how === 'left');
}

const hasEnded = ({ endedAt, undo }: RunRecord): boolean => endedAt !== null || undo === 'done';

async function checkRecording(
  folder: string,
  events: readonly RunEvent[],
  seal: RunSeal | null,
  signal?: AbortSignal,
): Promise<{ findings: string[]; unvouched: number }> {
  const file = recordingFile(folder);
  const stream = existsSync(file) ? createReadStream(file) : null;
  const sealed = seal?.version === 2 ? seal.recording : null;
  const marks = [...events.flatMap(markOf), ...(sealed ? [{ ...sealed, seenBy: 'the seal' }] : [])];
  try {
    const { findings, bytes, beyond, beginning } = await checkMarks(marks, stream, signal);
    if (findings.length > 0 || beyond === 0) return { findings, unvouched: 0 };
    // What the terminal showed since is not under the seal yet, where nobody could seal it.
    const wasOpen = seal?.version !== 2 || seal.seq < events.length - 1 || isOpen(events) || isOneMarker(beginning, beyond);
    if (wasOpen) return { findings: [], unvouched: beyond };
    return { findings: [`the recording continues after its sealed end: it has ${bytes} bytes, the seal saw ${bytes - beyond}`], unvouched: 0 };
  } finally {
    stream?.destroy();
  }
}

/** A step's beginning is marked before the journal has it. */
const isOneMarker = (text: string, bytes: number): boolean => text.length === bytes && /^\[[\d.]+,"m","[^"\n]*"\]\n?$/.test(text);

function isOpen(events: readonly RunEvent[]): boolean {
  if (events[0]?.type !== 'run-created') return false;
  const { sessionOpen, consoleOpen } = foldRun(events);
  return sessionOpen || consoleOpen;
}

/** Of a seal that was made here: the ledger still has the line that was its last then, or was begun since and knows the run. */
function ledgerOfSeal(runId: string, seal: RunSeal, ledger: LedgerContent, { isOwn }: RunKeys): string[] {
  if (seal.version === 1 || seal.ledger === null || !isOwn(fingerprintOf(seal.publicKey))) return [];
  const { seq, digest } = seal.ledger;
  if (ledger.digests[seq] === digest) return [];
  const adopted = ledger.runs.get(runId)?.adopted;
  if (adopted && adopted.event >= seal.seq) return [];
  return [
    ledger.exists
      ? `the ledger is not the one that the seal saw: its line ${seq + 1} is ${seq < ledger.events ? 'another one' : 'missing'}`
      : 'the ledger is missing: the seal saw it',
  ];
}

function signedBy({ events, lines }: JournalContent, seal: RunSeal | null): Verification['signed'] {
  const last = lines.length - 1;
  const signature = signatureOf('event', lines[last] ?? '');
  if (seal) return { at: seal.at, fingerprint: fingerprintOf(seal.publicKey), events: seal.seq + 1 };
  if (!signature?.fits) return null;
  return { at: events[last]?.at ?? '', fingerprint: fingerprintOf(signature.key), events: lines.length };
}
