/**
 * What the ledger takes over when it is begun: runs of earlier versions, which signed neither events nor ledger, once; and the runs
 * that are fine by themselves when an admin has a damaged ledger set aside. Their digests are fixed in signed lines from then on.
 */
import { createHash } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import type { KeyRing } from '../keys/key-ring.ts';
import { fingerprintOf } from '../keys/public-key.ts';
import { type Ledger, type LedgerContent, LedgerReading, noLedger } from '../ledger/ledger.ts';
import type { LedgerEventBody } from '../ledger/ledger-event.ts';
import { beginLedger, holdingLedger, ledgerFile, parseLedgerLine } from '../ledger/ledger-file.ts';
import { readArchiveHead } from '../retention/archive-file.ts';
import { Places } from '../retention/places.ts';
import { signatureOf } from '../runs/signed-line.ts';
import { syncFolder } from '../runs/sync-folder.ts';
import { timeSlices } from '../time-slices.ts';
import { verifyRun } from '../transcripts/verify.ts';

interface Site {
  dataFolder: string;
  keys: KeyRing;
  ledger: Ledger;
}

const whoIsHere = () => `${userInfo().username} on ${hostname()}`;

/**
 * With a key of before records were signed, and where no line of the ledger is signed yet; without effect otherwise. What is not fine
 * stays outside: it can be read. Throws `storage`, `locked`.
 */
export async function adoptOldRecords({ dataFolder, keys, ledger }: Site): Promise<void> {
  if (!existsSync(dataFolder) || keys.signing.signsAll) return;
  const content = await ledger.read();
  if (!content.signed) {
    const old = existsSync(ledgerFile(dataFolder)) ? digestOfFile(ledgerFile(dataFolder)) : null;
    const why = 'the first start of a Wrenchbook that signs all of its records';
    ledger.append({ type: 'begun', why, by: whoIsHere(), before: old, findings: content.findings }, ...(await runsThatAreFine(dataFolder, keys, content)));
  }
  keys.signAll();
}

/** Sets the ledger aside and begins a new one. Resolves with where the old one is and how many runs were taken over. Throws `storage`, `locked`. */
export async function renewLedger({ dataFolder, keys, ledger }: Site, findings: readonly string[]): Promise<{ aside: string | null; adopted: number }> {
  const file = ledgerFile(dataFolder);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const own = linesOfOurs(text, keys);
  const adopted = await runsThatAreFine(dataFolder, keys, own.content);
  const before = text === '' ? null : createHash('sha256').update(text).digest('hex');
  const aside = text === '' ? null : path.join(dataFolder, `ledger-${new Date().toISOString().replace(/[-:.]/g, '')}.jsonl`);
  holdingLedger(dataFolder, () => {
    const draft = `${file}.new`;
    rmSync(draft, { force: true });
    beginLedger(draft, keys, [{ type: 'begun', why: 'by hand', by: whoIsHere(), before, findings: [...findings] }, ...own.kept, ...adopted]);
    if (aside !== null) linkSync(file, aside);
    renameSync(draft, file);
    syncFolder(dataFolder);
  });
  await ledger.read();
  return { aside, adopted: adopted.length };
}

/** Lines that this workstation signed, each by itself: of a chain that does not hold they are what is left. */
function linesOfOurs(text: string, keys: KeyRing): { content: LedgerContent; kept: LedgerEventBody[] } {
  const reading = new LedgerReading();
  const kept: LedgerEventBody[] = [];
  for (const line of text.split('\n')) {
    const signature = signatureOf('ledger line', line);
    const event = signature?.fits && keys.isOwn(fingerprintOf(signature.key)) ? parseLedgerLine(line) : null;
    if (!event) continue;
    reading.note(event);
    const { v: _v, seq: _seq, at: _at, prev: _prev, key: _key, sig: _sig, ...body } = event;
    // When it was, not when it was written down again.
    if (body.type === 'deleted' || body.type === 'archived') kept.push({ ...body, why: `${body.why} (at ${event.at})` });
  }
  return { content: { ...noLedger(), ...reading.seen, exists: true, signed: true }, kept };
}

async function runsThatAreFine(dataFolder: string, keys: KeyRing, ledger: LedgerContent): Promise<LedgerEventBody[]> {
  const places = new Places(dataFolder);
  const pause = timeSlices();
  const adopted: LedgerEventBody[] = [];
  for (const runId of places.runIds()) {
    await pause();
    try {
      const options = { keys: { knows: keys.knowsFor(runId), isOwn: keys.isOwn }, ledger: { ...ledger, findings: [] }, unsigned: !keys.signing.signsAll };
      const { findings, journal } = await verifyRun(places.run(runId), runId, options);
      if (findings.length === 0) adopted.push({ type: 'adopted', runId, event: journal.events.length - 1, digest: journal.lastDigest });
    } catch {
      // What can't be read is not taken over.
    }
  }
  for (const runId of places.archivedIds()) {
    await pause();
    try {
      adopted.push({ type: 'adopted', runId, ...readArchiveHead(places.archived(runId)).last });
    } catch {
      // The same.
    }
  }
  return adopted;
}

const digestOfFile = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
