/** Finished runs with a rehearsal's folder, for tests: in the real format, without running anything. */
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sealRun, wholeText } from '../bundles/run-seal.ts';
import { castBytes, keyOf, plannedStep, stepDone, writeRun } from '../history/synthetic-run.test-kit.ts';
import { appendToLedger, ledgerDigest } from '../ledger/ledger-file.ts';
import { readJournal } from '../runs/journal.ts';

export interface RestingOptions {
  days?: number;
  /** How it ends; left out: done. `failed` and `waiting` are not finished. */
  end?: 'done' | 'stopped' | 'failed' | 'waiting';
  output?: string[];
}

/** Returns the run's folder. */
export function restingRun(data: string, runId: string, { days = 100, end = 'done', output = ['mptsas2: fault 0x5854\r\n'] }: RestingOptions = {}): string {
  const at = new Date(Date.now() - days * 86_400_000).toISOString();
  const ok = end !== 'failed';
  const folder = writeRun(data, {
    runId,
    at,
    plan: [plannedStep('look', 1, { title: 'Look', script: 'lspci' }), plannedStep('wait', 2)],
    output,
    events: [
      ...stepDone('look', castBytes(output), { ok, exitStatus: ok ? 0 : 1, recording: markOf(output) }),
      ...(end === 'done' ? [...stepDone('wait', 0, { recording: markOf(output) })] : []),
      ...(end === 'done' || end === 'stopped' ? [{ type: 'run-ended' as const, outcome: end }] : []),
    ],
  });
  const { lines, lastDigest } = readJournal(folder);
  const { bytes, sha256 } = markOf(output);
  sealRun(folder, { runId, seq: lines.length - 1, digest: lastDigest, journal: wholeText(lines), recording: { bytes, sha256 }, ledger: null }, keyOf(data));
  const signing = keyOf(data);
  appendToLedger(
    data,
    { signing, isOwn: (fingerprint) => fingerprint === signing.fingerprint },
    { type: 'started', runId, event: 0, digest: ledgerDigest(lines[0] ?? '') },
  );
  mkdirSync(path.join(folder, 'lab', 'etc', 'empty'), { recursive: true });
  writeFileSync(path.join(folder, 'lab', 'etc', 'secret.conf'), 'x'.repeat(3000));
  chmodSync(path.join(folder, 'lab', 'etc', 'secret.conf'), 0o400);
  writeFileSync(path.join(folder, 'lab', 'tool'), '#!/bin/sh\n');
  chmodSync(path.join(folder, 'lab', 'tool'), 0o755);
  utimesSync(path.join(folder, 'lab', 'tool'), 1_700_000_000.25, 1_700_000_000.25);
  symlinkSync('etc/secret.conf', path.join(folder, 'lab', 'link'));
  chmodSync(path.join(folder, 'lab', 'etc'), 0o750);
  return folder;
}

function markOf(output: readonly string[]) {
  const text = castText(output);
  return { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex'), ms: 10 * output.length };
}
const castText = (output: readonly string[]) =>
  `${JSON.stringify({ version: 3, term: { cols: 80, rows: 24 } })}\n${output.map((text) => `${JSON.stringify([0, 'm', ''])}\n${JSON.stringify([0.01, 'o', text])}\n`).join('')}`;

/** Everything below a folder: kind, mode, time of the last change to the second, and content. The lock is left out. */
export function snapshot(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    if (name === 'lock' || name.startsWith('.lock-')) continue;
    const file = path.join(folder, name);
    const stat = lstatSync(file);
    const mode = (stat.mode & 0o777).toString(8);
    if (stat.isSymbolicLink()) found[name] = `link to ${readlinkSync(file)}`;
    else if (stat.isDirectory()) found[name] = `folder ${mode}`;
    else found[name] = `file ${mode} ${Math.floor(stat.mtimeMs / 1000)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
  }
  return found;
}
