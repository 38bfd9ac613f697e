/**
 * Cuts a recording's bytes into lines, of which none is longer than memory should hold: an output event that is longer
 * comes as several events that follow one another without a pause, which shows the same. Other lines of that length are
 * passed over, as no recorder writes them.
 */
const longest = 1024 * 1024;
/** A quote, a bracket, a carriage return and some room. */
const lineEndBytes = 8;
const outputHead = /^\[\s*[\d.eE+-]+\s*,\s*"o"\s*,\s*"/;

export class CastLines {
  private readonly limit: number;
  private held: Buffer = Buffer.alloc(0);
  /** Inside a line that is passed over. */
  private passing = false;

  constructor(limit = longest) {
    this.limit = limit;
  }

  /** The lines that end in this block, without their breaks. The block may be overwritten afterwards. */
  push(block: Buffer): string[] {
    const bytes = this.held.length > 0 ? Buffer.concat([this.held, block]) : block;
    const lines: string[] = [];
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      if (!this.passing) lines.push(bytes.toString('utf8', from, end));
      this.passing = false;
      from = end + 1;
    }
    this.held = this.passing ? Buffer.alloc(0) : Buffer.from(bytes.subarray(from));
    // The few bytes that end a line are waited for: the text has ended before the limit.
    while (this.held.length > this.limit + lineEndBytes) this.cut(lines);
    return lines;
  }

  private cut(lines: string[]): void {
    const head = outputHead.exec(this.held.toString('latin1', 0, 64))?.[0];
    const end = head === undefined ? 0 : wholeCharacters(this.held, head.length, this.limit);
    if (head === undefined || end === head.length) {
      this.passing = true;
      this.held = Buffer.alloc(0);
      return;
    }
    lines.push(`${this.held.toString('utf8', 0, end)}"]`);
    this.held = Buffer.concat([Buffer.from('[0,"o","'), this.held.subarray(end)]);
  }
}

/** Where the last character ends that lies in a JSON string between `from` and `to` as a whole; `from` if the string ends. */
function wholeCharacters(bytes: Buffer, from: number, to: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at];
    if (byte === undefined || byte === 0x22) return from;
    const next = at + (byte === 0x5c ? escapeLength(bytes, at) : byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4);
    if (next > to) return at;
    at = next;
  }
}

/** A pair of surrogates is one character. */
function escapeLength(bytes: Buffer, at: number): number {
  if (bytes[at + 1] !== 0x75) return 2;
  return /^\\u[dD][89abAB]/.test(bytes.toString('latin1', at, at + 4)) && bytes[at + 6] === 0x5c ? 12 : 6;
}
