/** Writes a run's bundle to a file, whole or not at all. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { writeWhole } from '../transcripts/export-draft.ts';
import type { ExportWatch } from '../transcripts/export-watch.ts';
import { writePieces } from '../transcripts/gathered-file.ts';
import { bundleRun } from './bundle-writer.ts';

/** `folder`: of a run, or of a fleet run. Exports to `out`, replacing a file that is there. Throws `not-found`, `bad-parameters`, `storage`, and what the signal was aborted with. */
export async function exportBundle(
  folder: string,
  { out, outside }: { out: string; outside?: boolean | undefined },
  { key, version }: { key: SigningKey; version: string },
  watch: ExportWatch = {},
): Promise<{ path: string; bytes: number }> {
  const target = path.resolve(out);
  if (existsSync(target) && !statSync(target).isFile())
    throw new WrenchbookError('bad-parameters', `${target} is not an ordinary file.`, 'Name a file to write to.');
  if (outside)
    throw new WrenchbookError(
      'bad-parameters',
      'A signed bundle holds the run as it was; names in it cannot be replaced.',
      'Choose another format for people outside.',
    );
  const pieces = bundleRun(folder, key, version, watch);
  return { path: target, bytes: await writeWhole(target, watch.signal, (place) => writePieces(place, pieces)) };
}
