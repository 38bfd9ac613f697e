/**
 * Masks secrets in a stream of terminal bytes, however it is cut into pieces. Held back is only what may be the
 * beginning of a secret, and never more than the automaton's `longest` bytes.
 */
import { secretMark } from '../../../shared/api/secret-mark.ts';
import { type Ahead, mostTaken, SecretAutomaton, type Thread, tripleHash } from './secret-automaton.ts';

const mark = Buffer.from(secretMark);
const nothing: Buffer = Buffer.alloc(0);
/** Kept of what is masked, so that the rest looks right: colours, modes, and the end of a title. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences
const keptSequences = /\u001b\[[0-9;:]*m|\u001b\[\?[0-9;]*[hl]|\u0007|\u001b\\/g;
/** A held beginning at the end is masked when it is at least so long: less says little, and would mask words. */
const tellingCharacters = 4;

interface Span {
  start: number;
  end: number;
}

export class SecretStream {
  private secrets: readonly string[] = [];
  private automaton = new SecretAutomaton([]);
  private threads = new Map<number, Thread>();
  /** Complete secrets in what is held, in order, not overlapping. */
  private spans: Span[] = [];
  private held: Buffer = nothing;
  /** How many marks were put in. */
  masked = 0;

  /** Secrets to mask from here on. A secret that is half read now is not lost. */
  use(secrets: readonly string[], automaton: SecretAutomaton): void {
    const before = this.held;
    this.secrets = secrets;
    this.automaton = automaton;
    // What is held is read again: needles have other numbers now.
    this.threads = new Map();
    this.spans = [];
    this.held = nothing;
    this.read(before);
  }

  get heldBytes(): number {
    return this.held.length;
  }

  /** The same buffer where nothing has to be masked or held. */
  push(bytes: Buffer): Buffer {
    if (this.automaton.longest === 0) return bytes;
    this.read(bytes);
    return this.release();
  }

  /**
   * Gives out what is held: its secrets masked, and the beginning of one too when it says much of it. Should the rest of
   * that secret follow in a later push, it is masked as well.
   */
  end(): Buffer {
    for (const thread of this.threads.values()) {
      const { read, of } = this.automaton.progress(thread);
      if (read >= tellingCharacters && read * 2 >= of) this.addSpan(thread.start, this.held.length);
    }
    return this.releaseUpTo(this.held.length);
  }

  private read(bytes: Buffer): void {
    const offset = this.held.length;
    const data = offset > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    const { automaton } = this;
    const { pairs, triples } = automaton;
    const last = data.length - 1;
    const hasBackspace = data.indexOf(8, offset) >= 0;
    // Behind a first character may stand others that a backspace takes back: then a pair says nothing.
    const quickEnd = hasBackspace ? offset : last - mostTaken;
    const ahead: Ahead = { backspace: false, next: undefined };
    let at = offset;
    const found = (start: number) => this.addSpan(start, at + 1);
    let spare = new Map<number, Thread>();
    for (; at <= last; at++) {
      if (this.threads.size === 0) {
        // Nearly all of a flood is passed over here.
        let pair = data[at] as number;
        for (; at < quickEnd; at++) {
          pair = ((pair << 8) | (data[at + 1] as number)) & 0xffff;
          const kind = pairs[pair];
          if (kind === 0) continue;
          const third = data[at + 2] as number;
          if (third === 13 || (kind === 1 && (third <= 0x20 || (pair & 0xff) < 0x20 || triples[tripleHash(pair >> 8, pair & 0xff, third)] === 1))) break;
        }
      }
      const byte = data[at] as number;
      const after = spare;
      after.clear();
      if (this.threads.size > 0) {
        ahead.next = data[at + 1];
        ahead.backspace = hasBackspace || at + mostTaken > last;
        for (const thread of this.threads.values()) {
          const start = Math.max(thread.start, at - automaton.longest);
          automaton.step(start === thread.start ? thread : { ...thread, start }, byte, ahead, after, found);
        }
      }
      automaton.begin(byte, at, after, found);
      spare = this.threads;
      this.threads = after;
    }
    this.held = data;
  }

  private addSpan(start: number, end: number): void {
    const span = { start: Math.max(0, start), end };
    for (let before = this.spans.at(-1); before && before.end > span.start; before = this.spans.at(-1)) {
      span.start = Math.min(span.start, before.start);
      span.end = Math.max(span.end, before.end);
      this.spans.pop();
    }
    this.spans.push(span);
  }

  private release(): Buffer {
    let limit = this.held.length;
    for (const { start } of this.threads.values()) limit = Math.min(limit, Math.max(0, start));
    // A reading that is still open inside of a found secret may make it longer.
    const cut = this.spans.find((span) => span.start < limit && limit < span.end);
    return this.releaseUpTo(cut ? cut.start : limit);
  }

  private releaseUpTo(limit: number): Buffer {
    const pieces: Buffer[] = [];
    let at = 0;
    for (const { start, end } of this.spans) {
      if (end > limit) break;
      pieces.push(this.held.subarray(at, start), mark, this.kept(start, end));
      this.masked++;
      at = end;
    }
    pieces.push(this.held.subarray(at, limit));
    const out = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
    this.spans = this.spans.filter((span) => span.end > limit).map(({ start, end }) => ({ start: start - limit, end: end - limit }));
    this.held = limit === this.held.length ? nothing : Buffer.from(this.held.subarray(limit));
    if (limit > 0) for (const [key, thread] of this.threads) this.threads.set(key, { ...thread, start: thread.start - limit });
    return out;
  }

  private kept(start: number, end: number): Buffer {
    const sequences = this.held.toString('latin1', start, end).match(keptSequences)?.join('') ?? '';
    return this.secrets.some((secret) => sequences.includes(secret)) ? nothing : Buffer.from(sequences, 'latin1');
  }
}
