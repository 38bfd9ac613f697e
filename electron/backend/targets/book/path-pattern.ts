/** The files that a pattern of the shell's kind names, as glob(3) has it: `*`, `?` and `[…]` in every part of the path. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const special = /[*?[]/;

/** `pattern` is absolute. Sorted; what can't be read has nothing in it. */
export function filesOf(pattern: string): string[] {
  const { root } = path.parse(pattern);
  const parts = pattern.slice(root.length).split(/[\\/]/).filter(Boolean);
  let found = [root];
  for (const part of parts) found = found.flatMap((folder) => (special.test(part) ? fitting(folder, part) : [path.join(folder, part)]));
  return special.test(pattern) ? found.filter((file) => existsSync(file)) : found;
}

function fitting(folder: string, part: string): string[] {
  const wanted = partPattern(part);
  try {
    return readdirSync(folder)
      .filter((name) => (part.startsWith('.') || !name.startsWith('.')) && wanted.test(name))
      .sort()
      .map((name) => path.join(folder, name));
  } catch {
    return []; // no such folder
  }
}

function partPattern(part: string): RegExp {
  const pieces = part.replaceAll(/\*+/g, '*').match(/\[[!^]?\]?[^\]]*\]|[\s\S]/g) ?? [];
  return new RegExp(`^${pieces.map(regexOf).join('')}$`, 'u');
}

function regexOf(piece: string): string {
  if (piece === '*') return '.*';
  if (piece === '?') return '.';
  const [, not, set] = /^\[([!^]?)(.+)\]$/s.exec(piece) ?? [];
  if (set === undefined) return piece.replaceAll(/[\\^$.|+()[\]{}/]/g, '\\$&');
  return `[${not ? '^' : ''}${set.replaceAll(/[\\\]^[]/g, '\\$&')}]`;
}
