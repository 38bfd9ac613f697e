/** Reads what a quiet file script says: lines `TAG WORD VALUE`, and after the word `data` a file as od(1) prints it. */

const lineFeed = 0x0a;
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
  private inData = false;
  private half = -1;

  /** `tag` begins with a character that is no hex digit. */
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
    while (at < bytes.length) at = this.inData ? this.takeData(bytes, at) : this.takeLine(bytes, at);
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
      this.inData = word === 'data';
      if (!this.inData) this.onWord(word, value);
    }
    return end + 1;
  }

  private takeData(bytes: Buffer, from: number): number {
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
    this.data.push(out.subarray(0, size));
    this.dataBytes += size;
    if (this.dataBytes > this.mostBytes) throw new ReplyProblem('grows');
    if (at < bytes.length) {
      if (bytes[at] !== this.tag[0]) throw new ReplyProblem('garbled');
      this.inData = false;
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
