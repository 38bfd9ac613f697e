/**
 * Any bytes as pieces of text that printf(1) turns back into them. ASCII without control characters, so that no terminal and
 * no hop acts on it; no `~`, which ssh acts on at the start of a line; and text stays nearly as long as it is. Pure.
 */

/** Longest piece, in characters: below what Linux lets a single argument have, should printf be no builtin. */
const longestPiece = 120_000;
const longestEscape = 4;

export interface PayloadPiece {
  from: number;
  to: number;
  /** Characters of its text. */
  length: number;
}

const backslash = 0x5c;
const dash = 0x2d;
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte >= 0x20 && byte < 0x7f && byte !== backslash && byte !== 0x25 && byte !== 0x7e));
/** Characters of each byte's text; 0 where that depends on the next one. */
const sizes = isPlain.map((plain, byte) => (plain === 1 ? 1 : byte > 0o77 ? longestEscape : 0));
const isOctal = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x37;

/** Content of a piece in base64, in bytes: a multiple of 3, so that only the last one is padded. */
const base64Piece = 384 * 1024;

/** The same in base64, for targets that have it: a third longer than the content, whatever that is, and much quicker to decode. */
export function base64Pieces(content: Uint8Array): PayloadPiece[] {
  return Array.from({ length: Math.ceil(content.length / base64Piece) }, (_, index) => {
    const from = index * base64Piece;
    const to = Math.min(content.length, from + base64Piece);
    return { from, to, length: 4 * Math.ceil((to - from) / 3) };
  });
}
export const base64Text = (content: Buffer, { from, to }: PayloadPiece): Buffer => Buffer.from(content.toString('base64', from, to), 'latin1');

/** Cuts the content; each piece's text is made when its turn comes. */
export function payloadPieces(content: Uint8Array): PayloadPiece[] {
  const pieces: PayloadPiece[] = [];
  let from = 0;
  let length = 0;
  for (let at = 0; at < content.length; at++) {
    if (length > longestPiece - longestEscape) {
      pieces.push({ from, to: at, length });
      from = at;
      length = 0;
    }
    // Nearly every byte is a plain one, or needs three digits whatever comes next.
    const size = sizes[content[at] as number] as number;
    length += at > from && size !== 0 ? size : lengthAt(content, at, from);
  }
  if (length > 0) pieces.push({ from, to: content.length, length });
  return pieces;
}

export function payloadText(content: Buffer, { from, to, length }: PayloadPiece): Buffer {
  const text = Buffer.allocUnsafe(length);
  let end = 0;
  for (let at = from; at < to; at++) {
    const byte = content[at] as number;
    const size = lengthAt(content, at, from);
    if (size === 1) {
      text[end++] = byte;
      continue;
    }
    text[end++] = backslash;
    for (let digit = size - 2; digit >= 0; digit--) text[end++] = 0x30 + ((byte >> (3 * digit)) & 7);
  }
  return text;
}

/** An escape has three digits where the next character would be taken for one of it. A `-` in front would begin an option. */
function lengthAt(content: Uint8Array, at: number, from: number): number {
  const byte = content[at] as number;
  if (isPlain[byte] === 1 && !(byte === dash && at === from)) return 1;
  if (byte > 0o77 || isOctal(content[at + 1])) return 4;
  return byte > 7 ? 3 : 2;
}
