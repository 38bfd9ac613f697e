/** The files that a step's look finds. */
import type { Verdict } from '../../../shared/api/run.ts';
import { isFailure } from '../../../shared/topic-kit/index.ts';
import { type Failed, failed } from './edit-outcome.ts';

/** Most files that one step changes. */
const mostFiles = 2000;

/** As many as may be changed at once; else why not. `find`: runs the look. `root`: what a rehearsal's paths are below. */
export async function findFiles(
  find: () => Promise<{ text: string; verdicts: Verdict[] }>,
  root: string,
): Promise<Failed | { files: { file: string; place: string }[]; said: Verdict[] }> {
  const { text, verdicts } = await find();
  if (isFailure(verdicts)) return { verdicts };
  const found = foundFiles(text, root);
  if ('unclear' in found) return failed('unclear-path', `"${found.unclear}" is not a path that can be edited.`, 'Edit that file by hand.');
  const all = found.files.length;
  if (all > mostFiles) return failed('too-many-files', `${all} files were found; at most ${mostFiles} are changed at once.`, inParts);
  return { files: found.files, said: verdicts };
}

/** Lines that are paths; others were judged before. Sorted, each once; or the line that is no path. Pure. */
export function foundFiles(text: string, root: string): { files: { file: string; place: string }[] } | { unclear: string } {
  const start = `${root}/`;
  const places = [...new Set(text.split('\n').filter((line) => line.startsWith(start)))].sort();
  const unclear = places.find((place) => /[\p{Cc}\ufffd]/u.test(place) || place.endsWith('/') || place.split('/').includes('..'));
  if (unclear !== undefined) return { unclear };
  return { files: places.map((place) => ({ file: place.slice(root.length), place })) };
}

export const inParts =
  'Nothing was written. Run it folder by folder, naming each in the form; if they are all in one folder, edit some by hand and run it for the rest.';
