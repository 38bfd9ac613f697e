/** Commands about whether a record can be relied on, and about carrying it elsewhere. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { OwnKey } from '../../shared/api/keys.ts';
import { shownLine } from '../../shared/api/shown-text.ts';
import type { Verification } from '../../shared/api/transcript.ts';
import { makeApi } from '../../shared/wire/client.ts';
import type { Surroundings } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { print, tell } from './output.ts';

/** `what`: the id of a run, a bundle's file, or that of a check-up's record. */
export async function verifyTranscript({ client }: Surroundings, what: string, options: { key?: string; json?: boolean }): Promise<ExitStatus> {
  if (what.endsWith('.wbcheck')) return verifyCheckUp(client, what, options);
  const { transcripts } = makeApi(client.call);
  const isFile = what.includes(path.sep) || what.endsWith('.wbrun') || existsSync(what);
  const key = options.key === undefined ? {} : { key: options.key };
  const result = isFile ? await transcripts.verifyFile({ path: path.resolve(what), ...key }) : await transcripts.verify({ runId: what });
  if (options.json) print(JSON.stringify(result, null, 2));
  else
    print(
      [
        `${shownLine(what)}: ${verdict(result)}.`,
        ...[...result.findings, ...result.ledgerFindings, signature(result), ...unvouched(result), ...(result.ledger ? [result.ledger] : [])].map(
          (line) => `  ${shownLine(line)}`,
        ),
      ].join('\n'),
    );
  if (result.findings.length > 0) return exitStatus.failure;
  return result.ledgerFindings.length > 0 ? exitStatus.ledgerDamaged : exitStatus.done;
}

async function verifyCheckUp(client: Surroundings['client'], file: string, { key, json }: { key?: string; json?: boolean }): Promise<ExitStatus> {
  const result = await makeApi(client.call).machines.verifyFile({ path: path.resolve(file), ...(key !== undefined && { key }) });
  const intact = result.findings.length === 0;
  const lines = intact ? [`check-up ${result.checkUpId}, signed with ${result.fingerprint}.`] : result.findings;
  if (json) print(JSON.stringify(result, null, 2));
  else print([`${shownLine(file)}: ${intact ? 'intact' : 'NOT intact'}.`, ...lines.map((line) => `  ${shownLine(line)}`)].join('\n'));
  return intact ? exitStatus.done : exitStatus.failure;
}

function verdict({ findings, ledgerFindings, unvouched: bytes }: Verification): string {
  if (findings.length > 0) return 'NOT intact';
  if (ledgerFindings.length > 0) return 'the ledger is damaged, so a missing end would not be noticed';
  return bytes > 0 ? `intact, but for the last ${bytes} bytes of its recording` : 'intact';
}

const unvouched = ({ unvouched: bytes }: Verification): string[] =>
  bytes > 0 ? [`The last ${bytes} bytes of the recording are not sealed: Wrenchbook has not sealed them yet, or was ended before it could.`] : [];

function signature({ signed, events }: Verification): string {
  if (!signed) return `${events} events, not signed.`;
  const after = events - signed.events;
  return `${signed.events} events signed at ${signed.at} with ${signed.fingerprint}${after > 0 ? `, ${after} more since` : ''}.`;
}

export async function importRun(
  { client }: Surroundings,
  file: string,
  { key, once, json }: { key?: string; once?: boolean; json?: boolean },
): Promise<ExitStatus> {
  if (key !== undefined)
    tell(
      once
        ? `Signatures by ${key} are trusted for this run only.`
        : `Signatures by ${key} are trusted here from now on, for other runs and bundles too; --once is for this run only, "wrenchbook keys forget" undoes it.`,
    );
  const state = await makeApi(client.call).runs.import({ path: path.resolve(file), ...(key === undefined ? {} : { key, once: once === true }) });
  if (json) print(JSON.stringify(state, null, 2));
  else tell(`${state.topicTitle} on ${state.targetLabel}: ${state.says}\nContinue with: wrenchbook resume ${state.runId}`);
  return exitStatus.done;
}

export async function listKeys({ client }: Surroundings, options: { json?: boolean }): Promise<ExitStatus> {
  const { own, known } = await makeApi(client.call).keys.list({});
  if (options.json) print(JSON.stringify({ own, known }, null, 2));
  else {
    print(`Signs with ${own.fingerprint}\n  public key   ${own.publicKey}\n  private key  ${placeOf(own)}\nTrusted keys:`);
    for (const key of known)
      print(`  ${key.fingerprint}  ${key.label}${key.since ? `, since ${key.since}` : ''}${key.runId ? `, only for run ${key.runId}` : ''}`);
  }
  return exitStatus.done;
}

function placeOf({ file }: OwnKey): string {
  if (!file) return "in the system's key store";
  return `in the file ${file.path}${file.mode === null ? '' : `, mode ${file.mode}`} (no key store is used in the terminal)`;
}

/** `key`: a fingerprint or a public key. */
export async function trustKey({ client }: Surroundings, key: string, label: string): Promise<ExitStatus> {
  const known = await makeApi(client.call).keys.trust({ key, label });
  tell(`${known.fingerprint} is trusted as "${known.label}" from now on.`);
  return exitStatus.done;
}

export async function forgetKey({ client }: Surroundings, fingerprint: string): Promise<ExitStatus> {
  await makeApi(client.call).keys.forget({ fingerprint });
  tell(`Signatures by ${fingerprint} are no longer trusted here. What it signed stays, and is shown as signed by an unknown key.`);
  return exitStatus.done;
}
