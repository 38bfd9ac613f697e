/** Archives, restores or deletes runs in a process of its own, and prints each that it did. */
import { writeSync } from 'node:fs';
import { KeyRing } from '../keys/key-ring.ts';
import { Ledger } from '../ledger/ledger.ts';
import { Places } from './places.ts';
import { archiveRun, clearArchiveLeftovers, deleteRun, lockArchive, restoreRun } from './run-removal.ts';

const [action = '', data = '', ...runIds] = process.argv.slice(2);
const places = new Places(data);
const ledger = new Ledger(data, new KeyRing(data), (line) => console.error(line));
const decision = { why: 'test', by: 'test' };
const work: Record<string, (runId: string) => Promise<unknown>> = {
  archive: (runId) => archiveRun(places, ledger, runId, decision, {}),
  restore: (runId) => restoreRun(places, ledger, runId, decision, {}),
  delete: (runId) => deleteRun(places, ledger, runId, decision),
};

for (const runId of runIds) {
  for (let attempt = 0; attempt < 400; attempt++) {
    try {
      const giveFree = lockArchive(places);
      try {
        clearArchiveLeftovers(places);
        if (action === 'archive' && places.isArchived(runId)) break; // somebody else was faster
        await work[action]?.(runId);
        writeSync(1, `done ${runId}\n`);
        break;
      } finally {
        giveFree();
      }
    } catch (thrown) {
      if ((thrown as { code?: string }).code !== 'locked') throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
