/**
 * Terminal bytes as the inside of an asciicast line's JSON string. Works on bytes all the way, as making JavaScript
 * strings of them cost half of what recording a flood costs: 1.5 ms a megabyte instead of 4.
 */
import { isUtf8 } from 'node:buffer';

/** How each byte is written in JSON: its length, and its (at most six) bytes as a little-endian 32 and 16 bit number. */
const lengths = new Uint8Array(256);
const firstFour = new Int32Array(256);
const lastTwo = new Int16Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  const written = Buffer.from(byte < 0x80 ? JSON.stringify(character).slice(1, -1) : character, 'latin1');
  const padded = Buffer.alloc(6);
  written.copy(padded);
  lengths[byte] = written.length;
  firstFour[byte] = padded.readInt32LE(0);
  lastTwo[byte] = padded.readInt16LE(4);
}
const longestEscape = 6;

export class CastString {
  private held: Buffer = Buffer.alloc(0);
  private space: Buffer;
  private into: DataView;
  private used = 0;

  /** Makes room for `bytes` that may all have to be escaped; more is made when it is needed. */
  constructor(bytes = 4096) {
    this.space = Buffer.allocUnsafeSlow(bytes * longestEscape);
    this.into = viewOf(this.space);
  }

  /** Length of what `take` would return, in bytes. */
  get length(): number {
    return this.used;
  }

  /**
   * Takes the next bytes of a terminal. The first bytes of a character whose rest is still to come are held back; what
   * isn't UTF-8 becomes U+FFFD.
   */
  push(bytes: Buffer): void {
    const all = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    const unfinished = unfinishedBytes(all);
    const whole = unfinished > 0 ? all.subarray(0, all.length - unfinished) : all;
    if (unfinished > 0 || this.held.length > 0) this.held = Buffer.from(all.subarray(whole.length));
    this.escape(isUtf8(whole) ? whole : Buffer.from(whole.toString()));
  }

  /** What was pushed since the last time, escaped, without the quotes around it. Overwritten by the next push. */
  take(): Buffer {
    const written = this.space.subarray(0, this.used);
    this.used = 0;
    return written;
  }

  private escape(bytes: Buffer): void {
    const needed = this.used + bytes.length * longestEscape;
    if (this.space.length < needed) {
      this.space = Buffer.concat([this.space.subarray(0, this.used)], needed * 2);
      this.into = viewOf(this.space);
    }
    const from = viewOf(bytes);
    const { into } = this;
    let at = this.used;
    let next = 0;
    for (const lastWords = bytes.length - 8; next <= lastWords; ) {
      const word = from.getInt32(next, true);
      const other = from.getInt32(next + 4, true);
      const marks = escapedIn(word);
      const otherMarks = escapedIn(other);
      // What stands before the first byte to be escaped is right, and that byte is written over.
      into.setInt32(at, word, true);
      into.setInt32(at + 4, other, true);
      const plain = marks !== 0 ? firstMarked(marks) : otherMarks !== 0 ? 4 + firstMarked(otherMarks) : 8;
      next += plain;
      at += plain;
      if (plain < 8) at = escapeByte(into, at, from.getUint8(next++));
    }
    for (; next < bytes.length; next++) at = escapeByte(into, at, from.getUint8(next));
    this.used = at;
  }
}

const viewOf = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * The highest bit of each of a word's four bytes that is a control character, a quote or a backslash: they are looked at at once. Behind the
 * first (lowest) of them others may be marked wrongly, as the subtraction borrows from them.
 */
function escapedIn(word: number): number {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const control = (word - 0x20202020) & ~word;
  return (control | ((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes)) & 0x80808080;
}
/** Which byte carries the lowest mark: 0 to 3. */
const firstMarked = (marks: number) => (31 - Math.clz32(marks & -marks)) >> 3;

/** Returns where the next one goes. There is room for six bytes. */
function escapeByte(into: DataView, at: number, byte: number): number {
  into.setInt32(at, firstFour[byte] as number, true);
  into.setInt16(at + 4, lastTwo[byte] as number, true);
  return at + (lengths[byte] as number);
}

/** How many bytes at the end begin a UTF-8 character and do not end it; 0 to 3. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return characterLength(byte) > back ? back : 0;
  }
  return 0;
}
const characterLength = (first: number) => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2);
