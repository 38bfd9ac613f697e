/** What Wrenchbook writes to the session helper, as lines that every terminal carries whole. */
import { posixCksum } from './files/posix-cksum.ts';
import type { CheckedText } from './lossy-line.ts';

/** Longest line that is sent, in bytes: below every system's MAX_CANON. */
const longestLine = 900;

/** What the helper does with a text: runs it, or keeps it in `_wb_kept` for scripts of this level that evaluate it. */
export type Purpose = 'run' | 'keep';

/** A script as lines for the helper: `+` continues a line, `=` ends one; the last one says how many. `key` is the nonce of its own marks. */
export function scriptLines(nonce: string, key: string, script: string, purpose: Purpose = 'run'): string {
  const body = bodyLines(script);
  return `${firstLine(nonce, purpose, key)}${body}${nonce} end ${body.split('\n').length - 1}\n`;
}

/** The same with the sum of key and script, for a line that may lose some of it. */
export const checkedScriptLines = (nonce: string, key: string, script: string, purpose: Purpose = 'run'): CheckedText => ({
  head: firstLine(nonce, purpose, key),
  body: bodyLines(script),
  end: `\n${nonce} end ${posixCksum(Buffer.from(`${key}${script}\n`))}\n`,
});

/** The first line break ends whatever was left over on the line. */
const firstLine = (nonce: string, purpose: Purpose, key: string) => `\n${nonce} ${purpose} ${key}\n`;

function bodyLines(script: string): string {
  const lines = script.split('\n').flatMap((line) => {
    const pieces = splitByBytes(line, longestLine);
    return pieces.map((piece, index) => (index === pieces.length - 1 ? `=${piece}` : `+${piece}`));
  });
  return `${lines.join('\n')}\n`;
}

export const byeLines = (nonce: string) => `\n${nonce} bye\n`;

/** Pieces of at most `limit` UTF-8 bytes, never inside a character; at least one piece. */
function splitByBytes(line: string, limit: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let size = 0;
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > limit) {
      pieces.push(piece);
      piece = '';
      size = 0;
    }
    piece += character;
    size += bytes;
  }
  return [...pieces, piece];
}
