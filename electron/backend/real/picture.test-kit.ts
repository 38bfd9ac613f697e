/** What is in a folder: kinds, modes, owners, links, contents. Times are not in it: two runs are at two times. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** By relative path, sorted. */
export type Picture = Record<string, string>;

/** `leaves` decides by the relative path what is left out, with all below it; `text` rewrites what a file holds. */
export function pictureOf(
  folder: string,
  leaves: (relative: string) => boolean = () => false,
  text: (content: string, relative: string) => string = (same) => same,
): Picture {
  const found: Picture = {};
  const walk = (relative: string) => {
    for (const name of readdirSync(path.join(folder, relative)).sort()) {
      const each = path.join(relative, name);
      if (leaves(each)) continue;
      const place = path.join(folder, each);
      const { mode, uid, gid, ...stat } = lstatSync(place);
      const rights = `${(mode & 0o7777).toString(8).padStart(4, '0')} ${uid}:${gid}`;
      if (lstatSync(place).isDirectory()) {
        found[each] = `folder ${rights}`;
        walk(each);
      } else if (lstatSync(place).isSymbolicLink()) found[each] = `link ${uid}:${gid} ${readlinkSync(place)}`;
      else if (lstatSync(place).isFile()) found[each] = `file ${rights}\n${text(readFileSync(place, 'latin1'), each)}`;
      else found[each] = `other ${rights} ${stat.rdev}`;
    }
  };
  walk('');
  return found;
}

/** What is different, a line each; empty where nothing is. */
export function differences(one: Picture, other: Picture): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.flatMap((name) => (one[name] === other[name] ? [] : [`${name}: ${short(one[name])} | ${short(other[name])}`]));
}
const short = (text: string | undefined) => (text === undefined ? 'missing' : JSON.stringify(text.length > 400 ? `${text.slice(0, 400)}…` : text));
