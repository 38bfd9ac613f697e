/** A run whose recording a test has made another, signed and sealed with the folder's own key: as if that had been recorded. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sealRun, wholeText } from '../bundles/run-seal.ts';
import { wholeRecording } from '../bundles/whole-seal.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { appendToLedger, genesis, ledgerDigest, ledgerFile, ledgerHead } from '../ledger/ledger-file.ts';
import { readJournal } from '../runs/journal.ts';
import { signed } from '../runs/signed-line.ts';

/** `unmarked`: the journal's marks over the recording go, where more than its end was changed. */
export async function sealAnew(dataFolder: string, runId: string, { unmarked = false } = {}): Promise<void> {
  const folder = path.join(dataFolder, 'runs', runId);
  const keys = new KeyRing(dataFolder);
  if (unmarked) {
    let prev = genesis;
    const lines = readJournal(folder).events.map(({ key: _key, sig: _sig, ...event }) => {
      const plain = 'recording' in event ? { ...event, recording: { bytes: 0, sha256: '', ms: 0 } } : event;
      const line = JSON.stringify(signed('event', { ...plain, prev }, keys.signing));
      prev = ledgerDigest(line);
      return line;
    });
    writeFileSync(path.join(folder, 'journal.jsonl'), lines.map((line) => `${line}\n`).join(''));
    rmSync(ledgerFile(dataFolder), { force: true });
    appendToLedger(dataFolder, keys, { type: 'started', runId, event: 0, digest: ledgerDigest(lines[0] ?? '') });
  }
  const { lines, lastDigest } = readJournal(folder);
  const end = { runId, seq: lines.length - 1, digest: lastDigest, journal: wholeText(lines) };
  sealRun(folder, { ...end, recording: await wholeRecording(folder), ledger: ledgerHead(dataFolder) }, keys.signing);
}
