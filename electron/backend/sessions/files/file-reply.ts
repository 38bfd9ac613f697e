/** Reads what a quiet file script says: lines `TAG WORD VALUE`, and after the word `data` a file as od(1) or base64(1) prints it. */

const lineFeed = 0x0a;
const hyphen = 0x2d;
const longestLine = 65_536;
/** Value of a hex digit; white space is 16, everything else 17. */
const digits = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? (code === 0x20 || code === 0x0d || code === lineFeed || code === 0x09 ? 16 : 17) : value;
});

export class FileReply {
  private readonly tag: Buffer;
  private readonly onWord: (word: string, value: string) => void;
  private readonly mostBytes: number;
  private readonly data: Buffer[] = [];
  private dataBytes = 0;
  private line = Buffer.alloc(0);
  private inData: 'hex' | 'base64' | null = null;
  private half = -1;
  /** Characters of base64 that are no whole group yet, or could be the beginning of the tag. */
  private rest = '';

  /** `tag` begins with two characters and a hyphen: no hex digits, and no base64. */
  constructor(tag: string, mostBytes: number, onWord: (word: string, value: string) => void) {
    this.tag = Buffer.from(`${tag} `);
    this.mostBytes = mostBytes;
    this.onWord = onWord;
  }

  /** What came since it was last taken. */
  take(): Buffer {
    const content = Buffer.concat(this.data);
    this.data.length = 0;
    this.dataBytes = 0;
    return content;
  }

  /** Throws ReplyProblem for what can't be part of a file, and for more of it than there may be. */
  push(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) at = this.takeSome(bytes, at);
  }

  private takeSome(bytes: Buffer, at: number): number {
    if (this.inData === 'base64') return this.takeBase64(bytes, at);
    return this.inData === 'hex' ? this.takeHex(bytes, at) : this.takeLine(bytes, at);
  }

  private takeLine(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(lineFeed, from);
    this.line = Buffer.concat([this.line, bytes.subarray(from, end < 0 ? bytes.length : end)]);
    if (end < 0) {
      // Only foreign output has lines without end.
      if (this.line.length > longestLine) this.line = Buffer.alloc(0);
      return bytes.length;
    }
    const line = this.line;
    this.line = Buffer.alloc(0);
    // What a program in the background prints may stand before it on its line.
    const tagged = line.indexOf(this.tag);
    if (tagged >= 0) {
      const [, word = '', value = ''] = /^(\S*) ?(.*)/.exec(line.toString('utf8', tagged + this.tag.length).replace(/(?<!\r)\r+$/, '')) ?? [];
      if (word !== 'data') this.onWord(word, value);
      else this.inData = value === 'base64' ? 'base64' : 'hex';
    }
    return end + 1;
  }

  private takeBase64(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(hyphen, from);
    const text = (this.rest + bytes.toString('latin1', from, end < 0 ? bytes.length : end)).replace(/[\r\n]+/g, '');
    const start = this.tag.toString('latin1', 0, 2);
    const whole = end < 0 ? 4 * Math.max(0, Math.floor((text.length - start.length) / 4)) : text.length - start.length;
    if (end >= 0 && !text.endsWith(start)) throw new ReplyProblem('garbled');
    this.add(Buffer.from(text.slice(0, whole), 'base64'));
    this.rest = end < 0 ? text.slice(whole) : '';
    if (end < 0) return bytes.length;
    this.inData = null;
    this.line = Buffer.from(start);
    return end;
  }

  private add(content: Buffer): void {
    this.data.push(content);
    this.dataBytes += content.length;
    if (this.dataBytes > this.mostBytes) throw new ReplyProblem('grows');
  }

  private takeHex(bytes: Buffer, from: number): number {
    const out = Buffer.allocUnsafe((bytes.length - from + 1) >> 1);
    let size = 0;
    let at = from;
    for (; at < bytes.length; at++) {
      const digit = digits[bytes[at] as number] as number;
      if (digit === 16) continue;
      if (digit === 17) break;
      if (this.half < 0) {
        this.half = digit;
      } else {
        out[size++] = (this.half << 4) | digit;
        this.half = -1;
      }
    }
    this.add(out.subarray(0, size));
    if (at < bytes.length) {
      if (bytes[at] !== this.tag[0]) throw new ReplyProblem('garbled');
      this.inData = null;
    }
    return at;
  }
}

/** What came is no answer: the file grows while it is read, or something else is in it. */
export class ReplyProblem extends Error {
  readonly problem: 'grows' | 'garbled';

  constructor(problem: 'grows' | 'garbled') {
    super(problem);
    this.problem = problem;
  }
}
