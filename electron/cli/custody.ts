/** Commands about whether a record can be relied on, and about carrying it elsewhere. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Verification } from '../../shared/api/transcript.ts';
import { makeApi } from '../../shared/wire/client.ts';
import { print, type Surroundings, tell } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';

/** `what`: the id of a run, or a bundle's file. */
export async function verifyTranscript({ client }: Surroundings, what: string, options: { key?: string; json?: boolean }): Promise<ExitStatus> {
  const { transcripts } = makeApi(client.call);
  const isFile = what.includes(path.sep) || what.endsWith('.wbrun') || existsSync(what);
  const key = options.key === undefined ? {} : { key: options.key };
  const result = isFile ? await transcripts.verifyFile({ path: path.resolve(what), ...key }) : await transcripts.verify({ runId: what });
  if (options.json) print(JSON.stringify(result, null, 2));
  else
    print(
      `${what}: ${result.ok ? 'intact' : 'NOT intact'}.\n${[...result.findings, signature(result), ...(result.ledger ? [result.ledger] : [])].map((line) => `  ${line}`).join('\n')}`,
    );
  return result.ok ? exitStatus.done : exitStatus.failure;
}

function signature({ signed, events }: Verification): string {
  if (!signed) return `${events} events, not signed yet: the run was never left.`;
  const after = events - signed.events;
  return `${signed.events} events signed at ${signed.at} with ${signed.fingerprint}${after > 0 ? `, ${after} more since` : ''}.`;
}

export async function importRun({ client }: Surroundings, file: string, options: { key?: string; json?: boolean }): Promise<ExitStatus> {
  const state = await makeApi(client.call).runs.import({ path: path.resolve(file), ...(options.key === undefined ? {} : { key: options.key }) });
  if (options.json) print(JSON.stringify(state, null, 2));
  else tell(`${state.topicTitle} on ${state.targetLabel}: ${state.says}\nGo on with: wrenchbook resume ${state.runId}`);
  return exitStatus.done;
}

export async function listKeys({ client }: Surroundings, options: { json?: boolean }): Promise<ExitStatus> {
  const { own, known } = await makeApi(client.call).keys.list({});
  if (options.json) print(JSON.stringify({ own, known }, null, 2));
  else {
    const where = own.kept === 'system' ? "in the system's key store" : 'in a file that only you can read (no key store is used in the terminal)';
    print(`Signs with ${own.fingerprint}, kept ${where}.\nSignatures that count here:`);
    for (const key of known) print(`  ${key.fingerprint}  ${key.label}`);
  }
  return exitStatus.done;
}

export async function trustKey({ client }: Surroundings, fingerprint: string, label: string): Promise<ExitStatus> {
  const key = await makeApi(client.call).keys.trust({ fingerprint, label });
  tell(`${key.fingerprint} counts as "${key.label}" from now on.`);
  return exitStatus.done;
}
