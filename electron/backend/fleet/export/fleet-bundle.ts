/** A fleet run as a signed bundle, the same as of a run on one machine: what is handed out is intact, or it is not handed out. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { exportBundle } from '../../bundles/bundle-export.ts';
import { sealRun } from '../../bundles/run-seal.ts';
import { holdsAll, wholeRecording } from '../../bundles/whole-seal.ts';
import type { SigningKey } from '../../keys/signing-key.ts';
import { lockRun } from '../../runs/run-lock.ts';
import type { FleetStore } from '../fleet-store.ts';
import { parseAnsibleEvent } from '../record/ansible-event.ts';
import type { FleetEvent } from '../record/fleet-event.ts';
import { FleetJournal, readFleetJournal } from '../record/fleet-journal.ts';
import type { FleetRun } from '../run/fleet-run.ts';
import { checkPlaybook } from '../run/playbook-folder.ts';

/** Throws `wrong-state` while Ansible runs, `locked`, `not-intact`, `bad-parameters`, `storage`. */
export async function exportFleetBundle(
  store: FleetStore,
  run: FleetRun,
  out: string,
  { key, version }: { key: SigningKey; version: string },
): Promise<{ path: string; bytes: number }> {
  const { runId, folder } = run;
  if (run.busy) throw new WrenchbookError('wrong-state', 'Ansible is running for this fleet run.', 'Wait for its end, or stop it; then export it.');
  const { findings } = await store.verify(runId);
  const wrong = findings[0] ?? changedEvents(folder, readFleetJournal(folder).events);
  if (wrong)
    throw new WrenchbookError('not-intact', `The record of the fleet run ${runId} is not intact: ${wrong}.`, 'It can be read, but not handed out as a bundle.');
  checkPlaybook(path.join(folder, 'playbook'), run.fold.created?.files ?? []);
  if (!store.isArchived(runId)) await sealWhole(folder, runId, key);
  return exportBundle(folder, { out }, { key, version });
}

/** What is left of an attempt that nobody saw end, or before the first one, is sealed too. */
async function sealWhole(folder: string, runId: string, key: SigningKey): Promise<void> {
  if (holdsAll(folder)) return;
  const giveFree = lockRun(folder);
  try {
    const journal = new FleetJournal(folder, key);
    const { end } = journal;
    journal.close();
    sealRun(folder, { runId, ...end, recording: await wholeRecording(folder), ledger: null }, key);
  } finally {
    giveFree();
  }
}

/** The plugin's files hold what the journal took from them; behind that, only what came after the attempt was over. Null where they do. */
function changedEvents(folder: string, events: readonly FleetEvent[]): string | null {
  const taken = new Map<number, string[]>();
  for (const event of events) {
    if (event.type === 'attempt-started') taken.set(event.attempt, []);
    if (event.type === 'ansible') taken.get(event.attempt)?.push(JSON.stringify(event.event));
  }
  for (const [attempt, wanted] of taken) {
    const name = `events-${attempt}.jsonl`;
    const found = wanted.length === 0 ? [] : eventsIn(path.join(folder, name));
    if (wanted.some((event, at) => event !== found[at])) return `${name} is not what the journal has of it`;
  }
  return null;
}

function eventsIn(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const event = parseAnsibleEvent(line);
        return event ? [JSON.stringify(event)] : [];
      });
  } catch {
    return [];
  }
}
