/**
 * Takes the session helper's marks out of a terminal's bytes. Correct for any chunk boundary: the same bytes give the
 * same marks and the same text around them, however they are split. Cost: one native search a chunk.
 *
 * A mark is `ESC ] 6973 ; NONCE ; SEQ ; WORDS BEL`. Each level of the session, its own shell and every hop, has a nonce, and each
 * script has one of its own, which says its beginning and its end; only the next expected sequence number of a level counts, everything
 * else is text. Output can't forge a mark without the nonce, replay an old one, or hold text back.
 */
export type ParsedPiece =
  | { kind: 'text'; bytes: Buffer }
  /** `level`: 0 is the session's own shell, each hop one more. `of`: whose nonce it carries. */
  | { kind: 'mark'; level: number; of: 'level' | 'script'; words: string[] }
  /** A mark of a script that has ended: one of its ends was false. */
  | { kind: 'stale'; level: number }
  /** A helper waits for its nonce. */
  | { kind: 'greeting' }
  /** The helper behind a hop is there; `beating`: and will say so again. */
  | { kind: 'alive'; beating: boolean };

const intro = Buffer.from('\x1b]6973;');
const introBehindEscape = intro.subarray(1);
const nothing = Buffer.alloc(0);
const escapeByte = 0x1b;
const bell = 0x07;
/** Longest words a mark may carry, in bytes. */
const longestWords = 200;
/** How many scripts that have ended are remembered, of each level. */
const remembered = 4;

interface LevelMarks {
  nonce: string;
  sequence: number;
  /** Of the script that was sent; null where none was. */
  script: string | null;
  ended: string[];
  /** What its last marks said, where the line to it may lose some and they are said again; null where not. */
  said: string[] | null;
}

export class MarkerParser {
  private held = nothing;
  private readonly levels: LevelMarks[] = [];
  private greeting: string | null = null;
  /** Tokens of the hops that give signs of life. */
  private readonly beating = new Set<string>();

  /** The greeting with this token counts, once. */
  expectGreeting(token: string): void {
    this.greeting = token;
  }
  /** The hop with this token gives signs of life. */
  expectBeats(token: string): void {
    this.beating.add(token);
  }
  /** From here on nobody's greeting counts. */
  refuseGreetings(): void {
    this.greeting = null;
  }
  /** A level more, whose marks carry this nonce. `lossy`: they may be said again, and count once. */
  enterLevel(nonce: string, lossy = false): void {
    this.levels.push({ nonce, sequence: 0, script: null, ended: [], said: lossy ? [] : null });
  }
  /** The innermost level gets a script, whose marks carry this nonce. */
  expectScript(nonce: string): void {
    const level = this.levels.at(-1);
    if (level) level.script = nonce;
  }

  /** Only so many levels are left; marks of the others are text. */
  leaveLevels(left: number): void {
    this.levels.length = left;
  }

  feed(chunk: Buffer): ParsedPiece[] {
    const bytes = this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk;
    this.held = nothing;
    const pieces: ParsedPiece[] = [];
    let textFrom = 0;
    let searchFrom = 0;
    const pushText = (to: number) => {
      if (to > textFrom) pieces.push({ kind: 'text', bytes: bytes.subarray(textFrom, to) });
      textFrom = to;
    };
    for (;;) {
      const at = introIn(bytes, searchFrom);
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
        if (mark.piece) pieces.push(mark.piece);
        textFrom = mark.end;
        searchFrom = mark.end;
      }
    }
    const keep = beginningOfIntro(bytes, Math.max(searchFrom, textFrom));
    pushText(bytes.length - keep);
    if (keep > 0) this.held = Buffer.from(bytes.subarray(bytes.length - keep));
    return pieces;
  }

  /** What was held back because it could have become a mark, when no more bytes will come. */
  end(): Buffer {
    const rest = this.held;
    this.held = nothing;
    return rest;
  }

  private readMark(bytes: Buffer, from: number): ReadMark {
    let found: ReadMark = 'text';
    for (const { head, limit, take } of this.expected()) {
      const seen = bytes.subarray(from, from + head.length);
      if (!head.startsWith(seen.toString('latin1'))) continue;
      const wordsFrom = from + head.length;
      const end = bytes.subarray(wordsFrom, wordsFrom + limit + 1).indexOf(bell);
      if (end >= 0) return { piece: take(bytes.subarray(wordsFrom, wordsFrom + end).toString('latin1')), end: wordsFrom + end + 1 };
      if (bytes.length - wordsFrom <= limit) found = 'incomplete';
    }
    return found;
  }

  /** What a mark may begin with now, how long it may go on, and what it then means. */
  private *expected(): Generator<{ head: string; limit: number; take(words: string): ParsedPiece | null }> {
    for (const [level, state] of this.levels.entries()) {
      const { nonce, script, sequence, said } = state;
      for (const again of said ?? []) yield { head: again, limit: 0, take: () => null };
      const mark = (of: 'level' | 'script', key: string) => ({
        head: `${key};${sequence};`,
        limit: longestWords,
        take: (words: string): ParsedPiece => {
          if (said) state.said = [`${key};${sequence};${words}`, ...said].slice(0, remembered);
          state.sequence += 1;
          if (of === 'script' && words.startsWith('end')) endScript(state);
          return { kind: 'mark', level, of, words: words.split(';') };
        },
      });
      yield mark('level', nonce);
      if (script !== null) yield mark('script', script);
      for (const ended of state.ended) yield { head: `${ended};`, limit: longestWords, take: () => ({ kind: 'stale', level }) };
    }
    for (const token of this.beating)
      for (const [word, beating] of [
        ['alive', true],
        ['still', false],
      ] as const)
        yield { head: `${word};${token}`, limit: 0, take: () => ({ kind: 'alive', beating }) };
    if (this.greeting !== null)
      yield {
        head: `hello;${this.greeting}`,
        limit: 0,
        take: () => {
          this.greeting = null;
          return { kind: 'greeting' };
        },
      };
  }
}

/** From here on its marks are `stale`. */
function endScript(level: LevelMarks): void {
  if (level.script !== null) level.ended = [level.script, ...level.ended].slice(0, remembered);
  level.script = null;
}

type ReadMark = 'text' | 'incomplete' | { piece: ParsedPiece | null; end: number };

/** Where a mark may begin; -1 where none does. ESC is what coloured output is full of, and the search is quick for what is seldom. */
function introIn(bytes: Buffer, from: number): number {
  for (let searchFrom = from + 1; ; ) {
    const at = bytes.indexOf(introBehindEscape, searchFrom) - 1;
    if (at < 0 || bytes[at] === escapeByte) return Math.max(-1, at);
    searchFrom = at + intro.length;
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
