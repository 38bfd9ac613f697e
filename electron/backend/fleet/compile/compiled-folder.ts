/** Writes a compiled procedure into a folder: all of it or nothing. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { syncFolder } from '../../runs/sync-folder.ts';
import type { CompiledFiles } from './script-files.ts';

/**
 * Makes the folder, or replaces one that holds a compiled procedure and nothing else. Returns its absolute path. Throws WrenchbookError
 * `bad-parameters` where something else is in it, `storage` where it can't be written.
 */
export function writeCompiled(folder: string, files: CompiledFiles): string {
  const place = path.resolve(folder);
  if (existsSync(place)) refuseOther(place);
  const parent = path.dirname(place);
  let draft: string | undefined;
  try {
    mkdirSync(parent, { recursive: true });
    draft = mkdtempSync(`${place}.new-`);
    for (const [name, content] of files) {
      const file = path.join(draft, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content, { mode: 0o644, flush: true });
    }
    if (!existsSync(place)) renameSync(draft, place);
    else {
      const old = `${draft}.old`;
      renameSync(place, old);
      renameSync(draft, place);
      rmSync(old, { recursive: true, force: true });
    }
    syncFolder(parent);
    return place;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    // Not the data folder, of which storageError speaks.
    throw new WrenchbookError(
      'storage',
      `Could not write ${place}: ${code ?? message}.`,
      'Make room and give yourself write permission there, or name another folder. Nothing of it was left behind.',
      { cause },
    );
  } finally {
    if (draft !== undefined) rmSync(draft, { recursive: true, force: true });
  }
}

/** An empty folder, or one that was compiled, holds nothing of anybody's. */
function refuseOther(place: string): void {
  const refuse = (message: string) => new WrenchbookError('bad-parameters', `${place}: ${message}`, 'Name a new folder.');
  let names: string[];
  try {
    names = readdirSync(place);
  } catch (cause) {
    throw refuse(`this is not a folder that can be read (${(cause as NodeJS.ErrnoException).code}).`);
  }
  if (names.length === 0) return;
  const known = new Set(['.ansible-lint', 'README.md', 'ansible.cfg', 'execution-environment.yml', 'roles', 'site.yml', 'undo.yml', 'wrenchbook.json']);
  const stranger = names.find((name) => !known.has(name));
  if (stranger !== undefined) throw refuse(`"${stranger}" in it is not part of a compiled procedure.`);
  try {
    if (typeof (JSON.parse(readFileSync(path.join(place, 'wrenchbook.json'), 'utf8')) as { topic?: unknown }).topic === 'string') return;
  } catch {
    // It is somebody else's.
  }
  throw refuse('it is not empty, and not a compiled procedure.');
}
