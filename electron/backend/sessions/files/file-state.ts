/** A file as ls(1) describes it. Pure. */

export interface FileState {
  size: number;
  /** Octal, four digits. */
  mode: string;
  uid: number;
  gid: number;
}

const letters = 'rwxrwxrwx';

/** From `MODE LINKS UID GID SIZE`. Null for something else. */
export function parseState(line: string): FileState | null {
  const found = /^-([-rwxsStT]{9})\S* (\d+) (\d+) (\d+) (\d+)$/.exec(line);
  if (!found) return null;
  const [, mode = '', , uid, gid, size] = found;
  return { mode: octalMode(mode), uid: Number(uid), gid: Number(gid), size: Number(size) };
}

/** `rwsr-xr-x` → `4755`. */
function octalMode(shown: string): string {
  let bits = 0;
  for (const [index, letter] of [...shown].entries()) {
    const executes = 'xst'.includes(letter);
    if (letter === letters[index] || executes) bits |= 1 << (8 - index);
    if ('sStT'.includes(letter)) bits |= 0o4000 >> Math.floor(index / 3);
  }
  return bits.toString(8).padStart(4, '0');
}
