/**
 * What `ansible-playbook --version` has said, for as long as neither the program nor its library is another one: asking takes as long as a start of
 * Python. Kept in the data folder; may be deleted.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../whole-file.ts';

const mark = z.object({ path: z.string(), bytes: z.number(), modified: z.number(), changed: z.number() });
type Mark = z.infer<typeof mark>;
const known = z.object({
  program: mark,
  /** The file of the library that has its version. */
  library: mark,
  /** Where Python looks for libraries. */
  search: z.string(),
  said: z.string().max(20_000),
});

const fileIn = (dataFolder: string) => path.join(dataFolder, 'ansible-version.json');
const searchPath = () => process.env.PYTHONPATH ?? '';

/** As it was when the program said it; null where it has to be asked. */
export function knownVersion(dataFolder: string, program: string): string | null {
  try {
    const kept = known.parse(JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')));
    const same = [isSame(kept.program, markOf(program)), isSame(kept.library, markOf(kept.library.path)), kept.search === searchPath()];
    return same.every(Boolean) ? kept.said : null;
  } catch {
    return null; // not known, or not there any more
  }
}

/** Not kept where it does not say where its library is, or where it can't be written. */
export function noteVersion(dataFolder: string, program: string, said: string): void {
  const [, folder] = /^ *ansible python module location = (\/.*)$/m.exec(said) ?? [];
  if (folder === undefined) return;
  try {
    const kept: z.infer<typeof known> = { program: markOf(program), library: markOf(path.join(folder, 'release.py')), search: searchPath(), said };
    replaceFile(fileIn(dataFolder), `${JSON.stringify(kept, null, 2)}\n`);
  } catch {
    // It is asked again next time.
  }
}

/** Follows links: what is started is what they lead to. */
function markOf(file: string): Mark {
  const real = realpathSync(file);
  const { size, mtimeMs, ctimeMs } = statSync(real);
  return { path: real, bytes: size, modified: mtimeMs, changed: ctimeMs };
}
const isSame = (one: Mark, other: Mark) => JSON.stringify(one) === JSON.stringify(other);
