/**
 * Looks for texts in what anybody may see of any process, and in folders, over and over until it is told to stop. The first line
 * on standard input is JSON `{ canaries, folders }`, so that it has them in no argument itself; any second line stops it.
 * Prints `found PLACE` once for each place, and in the end `looks NUMBER`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

const found = new Set<string>();
let looks = 0;
let stopped = false;

const entries = (folder: string, recursive = false) => {
  try {
    return readdirSync(folder, { recursive, withFileTypes: true });
  } catch {
    return [];
  }
};
function* places(folders: readonly string[]): Generator<string> {
  for (const { name } of entries('/proc')) if (/^\d+$/.test(name)) for (const what of ['cmdline', 'environ']) yield `/proc/${name}/${what}`;
  for (const folder of folders) for (const entry of entries(folder, true)) if (entry.isFile()) yield path.join(entry.parentPath, entry.name);
}

/** The program whose argument or environment it is, where it has not ended meanwhile. */
function programOf(place: string): string {
  const [, folder] = /^(\/proc\/\d+)\/(?:cmdline|environ)$/.exec(place) ?? [];
  if (folder === undefined) return '';
  try {
    return ` (${readFileSync(`${folder}/comm`, 'utf8').trim()})`;
  } catch {
    return ' (it has ended)';
  }
}

function look(canaries: readonly string[], folders: readonly string[]): void {
  for (const place of places(folders)) {
    try {
      const content = readFileSync(place);
      if (!found.has(place) && canaries.some((canary) => content.includes(canary))) {
        found.add(place);
        process.stdout.write(`found ${place}${programOf(place)}\n`);
      }
    } catch {
      // gone already
    }
  }
  looks += 1;
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { canaries, folders } = JSON.parse((await lines.next()).value as string) as { canaries: string[]; folders: string[] };
void lines.next().then(() => {
  stopped = true;
});
process.stdout.write('watching\n');
while (!stopped) {
  look(canaries, folders);
  await new Promise((resolve) => setImmediate(resolve));
}
look(canaries, folders); // what was left at the end
process.stdout.write(`looks ${looks}\n`);
process.exit(0);
