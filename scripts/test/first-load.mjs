/** What the window has to load before its first page: the files that index.html names, and those that they import at once, gzipped. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes gzipped. A window that opens from a disk is quick to read; parsing and compiling go with the size too. */
export const firstLoadLimit = 350 * 1024;

/** `[{ file, bytes, gzip }]`, the largest first; `folder` holds index.html. Throws where a file that is named is not there. */
export function firstLoad(folder) {
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const wanted = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, name]) => path.join(folder, name));
  const seen = new Map();
  for (let file = wanted.shift(); file !== undefined; file = wanted.shift()) {
    if (seen.has(file)) continue;
    if (!existsSync(file)) throw new Error(`${path.relative(folder, file)} is named in the first load, and is not there. Build the app again.`);
    const content = readFileSync(file);
    seen.set(file, { file: path.relative(folder, file), bytes: content.length, gzip: gzipSync(content).length });
    // Not `import(…)`: that is loaded when it is needed.
    if (file.endsWith('.js'))
      for (const [, name] of content.toString('utf8').matchAll(/(?:\bimport|\bfrom)\s*["'](\.[^"']+\.js)["']/g))
        wanted.push(path.join(path.dirname(file), name));
  }
  return [...seen.values()].sort((a, b) => b.gzip - a.gzip);
}

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`.padStart(10);

/** The files with their sizes, and the sum beside the limit. */
export function firstLoadText(files, limit = firstLoadLimit) {
  const sum = files.reduce((total, { gzip }) => total + gzip, 0);
  const rows = files.map(({ file, bytes, gzip }) => `${kib(gzip)} gzipped ${kib(bytes)}  ${file}`);
  return { ok: sum <= limit, text: [...rows, `${kib(sum)} gzipped in all; at most ${kib(limit).trim()} are allowed.`].join('\n') };
}
