/**
 * Terminal bytes as the inside of an asciicast line's JSON string. Works on bytes all the way, as making JavaScript
 * strings of them cost half of what recording a flood costs: 1.5 ms a megabyte instead of 4.
 */
import { isUtf8 } from 'node:buffer';

/** How each byte is written in JSON: its length, and its (at most six) bytes as a little-endian 32 and 16 bit number. */
const lengths = new Uint8Array(256);
const firstFour = new Uint32Array(256);
const lastTwo = new Uint16Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  const written = Buffer.from(byte < 0x80 ? JSON.stringify(character).slice(1, -1) : character, 'latin1');
  const padded = Buffer.alloc(6);
  written.copy(padded);
  lengths[byte] = written.length;
  firstFour[byte] = padded.readUInt32LE(0);
  lastTwo[byte] = padded.readUInt16LE(4);
}
const longestEscape = 6;

export class CastString {
  private held: Buffer = Buffer.alloc(0);
  private space: Buffer;
  private used = 0;

  /** Makes room for `bytes` that may all have to be escaped; more is made when it is needed. */
  constructor(bytes = 4096) {
    this.space = Buffer.allocUnsafeSlow(bytes * longestEscape);
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
    const whole = all.subarray(0, all.length - unfinishedBytes(all));
    if (whole.length < all.length || this.held.length > 0) this.held = Buffer.from(all.subarray(whole.length));
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
    if (this.space.length < needed) this.space = Buffer.concat([this.space.subarray(0, this.used)], needed * 2);
    const from = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const into = new DataView(this.space.buffer, this.space.byteOffset, this.space.length);
    let at = this.used;
    let next = 0;
    for (const lastWord = bytes.length - 4; next <= lastWord; next += 4) {
      const word = from.getUint32(next, true);
      if (staysAsItIs(word)) {
        into.setUint32(at, word, true);
        at += 4;
      } else {
        for (let shift = 0; shift < 32; shift += 8) at = escapeByte(into, at, (word >>> shift) & 0xff);
      }
    }
    for (; next < bytes.length; next++) at = escapeByte(into, at, from.getUint8(next));
    this.used = at;
  }
}

/** Whether none of a word's four bytes is a control character, a quote or a backslash: they are looked at at once. */
function staysAsItIs(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const control = (word - 0x20202020) & ~word;
  return ((control | ((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes)) & 0x80808080) === 0;
}

/** Returns where the next one goes. There is room for six bytes. */
function escapeByte(into: DataView, at: number, byte: number): number {
  const length = lengths[byte] as number;
  if (length === 1) {
    into.setUint8(at, byte);
  } else {
    into.setUint32(at, firstFour[byte] as number, true);
    into.setUint16(at + 4, lastTwo[byte] as number, true);
  }
  return at + length;
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
