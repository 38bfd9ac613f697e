/** Whether the records of a data folder can be relied on; asked before a run is gone on with, taken back or handed out. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { readSeal } from '../bundles/run-seal.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { fingerprintOf } from '../keys/public-key.ts';
import type { Ledger, LedgerContent } from '../ledger/ledger.ts';
import { mendLedgerEnd } from '../ledger/ledger-file.ts';
import { timeSlices } from '../time-slices.ts';
import { type VerifiedRun, verifyRun } from '../transcripts/verify.ts';
import { adoptOldRecords } from './adoption.ts';
import { refusal } from './refusal.ts';

export interface CustodyOptions {
  dataFolder: string;
  keys: KeyRing;
  ledger: Ledger;
  log(line: string): void;
}

export interface CheckOptions {
  /** False: all but the recording. */
  recording?: boolean;
  signal?: AbortSignal | undefined;
}

export class RunCustody {
  private readonly options: CustodyOptions;
  private seals: { of: LedgerContent; findings: string[] } | null = null;
  private adopted: Promise<void> | null = null;

  constructor(options: CustodyOptions) {
    this.options = options;
  }

  /** Everything that is wrong with a run's record, or with the ledger. Throws `storage` for what can't be read. */
  async check(folder: string, runId: string, { recording = true, signal }: CheckOptions = {}): Promise<VerifiedRun> {
    const { keys } = this.options;
    const ledger = await this.ledger();
    return verifyRun(folder, runId, { keys: { knows: keys.knowsFor(runId), isOwn: keys.isOwn }, ledger, recording, signal });
  }

  /** The same, for what may only go on with a record that is intact. Throws `not-intact`, `ledger-damaged`, `storage`. */
  async demand(folder: string, runId: string, options: CheckOptions = {}): Promise<VerifiedRun> {
    const { dataFolder, keys } = this.options;
    if (existsSync(path.join(dataFolder, 'ledger.jsonl')) && (await this.ledger()).findings.length > 0) mendLedgerEnd(dataFolder, keys);
    const verified = await this.check(folder, runId, options);
    const refused = refusal(runId, verified);
    if (refused) throw new WrenchbookError(refused.code, refused.message, refused.next);
    return verified;
  }

  /** With what the seals of all runs know of it: an end that was cut off is missed by those that saw it. Throws `storage`. */
  async ledger(): Promise<LedgerContent> {
    this.adopted ??= adoptOldRecords(this.options).catch((thrown: unknown) => {
      this.adopted = null;
      this.options.log(`records of earlier versions could not be taken over: ${(thrown as Error).message}`);
    });
    await this.adopted;
    const content = await this.options.ledger.read();
    if (this.seals?.of !== content) this.seals = { of: content, findings: await this.missedBySeals(content) };
    return { ...content, findings: [...content.findings, ...this.seals.findings] };
  }

  private async missedBySeals({ exists, digests, runs }: LedgerContent): Promise<string[]> {
    const { dataFolder, keys } = this.options;
    const pause = timeSlices();
    const folder = path.join(dataFolder, 'runs');
    for (const runId of existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : []) {
      await pause();
      const seal = readSeal(path.join(folder, runId));
      if (seal?.version !== 2 || seal.ledger === null || seal.runId !== runId || digests[seal.ledger.seq] === seal.ledger.digest) continue;
      const adopted = runs.get(runId)?.adopted;
      if ((adopted && adopted.event >= seal.seq) || !keys.isOwn(fingerprintOf(seal.publicKey))) continue;
      const what = exists
        ? `line ${seal.ledger.seq + 1} of the ledger is not the one that the seal of ${runId} saw`
        : `there is no ledger, and the seal of ${runId} saw one`;
      return [`${what}: it was cut off, replaced, or an older version was put back`];
    }
    return [];
  }
}
