/**
 * Takes the session helper's marks out of a terminal's bytes. Correct for any chunk boundary: the same bytes give the
 * same marks and the same text around them, however they are split. Cost: one native search a chunk.
 *
 * A mark is `ESC ] 6973 ; NONCE ; SEQ ; WORDS BEL`. Only the next expected sequence number with the right nonce counts;
 * everything else is text. Output can't forge a mark without the nonce, replay an old one, or hold text back.
 */
export type ParsedPiece = { kind: 'text'; bytes: Buffer } | { kind: 'mark'; words: string[] };

const intro = Buffer.from('\x1b]6973;');
const escapeByte = 0x1b;
const bell = 0x07;
/** Longest words a mark may carry, in bytes. */
const longestWords = 200;

export class MarkerParser {
  private held = Buffer.alloc(0);
  private nonce: string | null = null;
  private sequence = 0;

  /** Until this is called only the helper's greeting is a mark. */
  expectNonce(nonce: string): void {
    this.nonce = nonce;
    this.sequence = 0;
  }

  feed(chunk: Buffer): ParsedPiece[] {
    const bytes = this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk;
    this.held = Buffer.alloc(0);
    const pieces: ParsedPiece[] = [];
    let textFrom = 0;
    let searchFrom = 0;
    const pushText = (to: number) => {
      if (to > textFrom) pieces.push({ kind: 'text', bytes: bytes.subarray(textFrom, to) });
      textFrom = to;
    };
    for (;;) {
      const at = bytes.indexOf(intro, searchFrom);
      if (at < 0) break;
      const mark = this.readMark(bytes, at + intro.length);
      if (mark === 'text') {
        searchFrom = at + intro.length;
      } else if (mark === 'incomplete') {
        pushText(at);
        this.held = Buffer.from(bytes.subarray(at));
        return pieces;
      } else {
        pushText(at);
        pieces.push({ kind: 'mark', words: mark.words });
        this.sequence += this.nonce === null ? 0 : 1;
        textFrom = mark.end;
        searchFrom = mark.end;
      }
    }
    const keep = beginningOfIntro(bytes, Math.max(searchFrom, textFrom));
    pushText(bytes.length - keep);
    this.held = Buffer.from(bytes.subarray(bytes.length - keep));
    return pieces;
  }

  /** What was held back because it could have become a mark, when no more bytes will come. */
  end(): Buffer {
    const rest = this.held;
    this.held = Buffer.alloc(0);
    return rest;
  }

  private readMark(bytes: Buffer, from: number): 'text' | 'incomplete' | { words: string[]; end: number } {
    const head = this.nonce === null ? 'hello' : `${this.nonce};${this.sequence};`;
    const seen = bytes.subarray(from, from + head.length);
    if (!head.startsWith(seen.toString('latin1'))) return 'text';
    const wordsFrom = from + head.length;
    const end = bytes.subarray(wordsFrom, wordsFrom + longestWords + 1).indexOf(bell);
    if (end < 0) return bytes.length - wordsFrom > longestWords ? 'text' : 'incomplete';
    const words = bytes.subarray(wordsFrom, wordsFrom + end).toString('latin1');
    return { words: this.nonce === null ? ['hello'] : words.split(';'), end: wordsFrom + end + 1 };
  }
}

/** How many bytes at the end of `bytes` (not before `from`) could be the first bytes of a mark. Only its first is an ESC. */
function beginningOfIntro(bytes: Buffer, from: number): number {
  const end = bytes.subarray(Math.max(from, bytes.length - intro.length + 1));
  const at = end.lastIndexOf(escapeByte);
  if (at < 0) return 0;
  const length = end.length - at;
  return end.subarray(at).equals(intro.subarray(0, length)) ? length : 0;
}
