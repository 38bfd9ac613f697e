/**
 * Replaces secrets in a stream of terminal bytes by a visible mark, the same for any chunking. Holds back only what may
 * be the beginning of a secret (with patterns: the line that is not ended), and never more than `mostHeld` bytes.
 */
import { findPatterns, lineStart } from './pattern-search.ts';
import type { SecretAutomaton } from './secret-automaton.ts';
import { type Found, findSecrets, lookBack, type Span } from './secret-search.ts';

/** Stands where a secret stood. */
export const secretMark = '‹secret›';
const markBytes = Buffer.from(secretMark);
const mostHeld = 64 * 1024;
/** When too much would have to be held back, a beginning of this many characters is masked, and a shorter one is let go. */
const tellingLength = 4;

/** What is secret now; it may grow while bytes flow. */
export interface SecretKnowledge {
  /** Null while there are no secrets. */
  readonly automaton: SecretAutomaton | null;
  readonly patterns: readonly RegExp[];
}

export class StreamRedactor {
  private readonly knowledge: SecretKnowledge;
  private held = Buffer.alloc(0);
  /** So many of the held bytes belong to a secret whose mark is already written. */
  private heldMasked = 0;
  /** Marks written so far. */
  masked = 0;

  constructor(knowledge: SecretKnowledge) {
    this.knowledge = knowledge;
  }

  /** Takes bytes and returns those that are decided. Without secrets and patterns, the same buffer. */
  push(bytes: Buffer): Buffer {
    if (this.held.length === 0 && !this.knowledge.automaton && this.knowledge.patterns.length === 0) return bytes;
    return this.redact(this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes, false);
  }

  /** What was held back, when no more bytes belong to it. */
  end(): Buffer {
    return this.held.length === 0 ? this.held : this.redact(this.held, true);
  }

  private redact(bytes: Buffer, final: boolean): Buffer {
    const found = this.find(bytes);
    let decided = final ? bytes.length : found.undecided;
    if (bytes.length - decided > mostHeld) {
      if (this.knowledge.automaton && textLength(bytes.subarray(decided)) >= tellingLength) found.spans.push({ from: decided, to: bytes.length });
      decided = bytes.length;
    }
    return this.write(bytes, decided, found.spans);
  }

  private find(bytes: Buffer): Found {
    const { automaton, patterns } = this.knowledge;
    const found = automaton ? findSecrets(automaton, bytes) : { spans: [], undecided: bytes.length };
    if (patterns.length === 0) return found;
    const marked = findPatterns(patterns, bytes);
    return { spans: [...found.spans, ...marked.spans], undecided: lineStart(bytes, Math.min(found.undecided, marked.undecided)) };
  }

  /** Writes up to `decided`; a secret that overlaps one that is marked already gets no mark of its own. */
  private write(bytes: Buffer, decided: number, spans: readonly Span[]): Buffer {
    const pieces: Buffer[] = [];
    let at = this.heldMasked;
    let masked = this.heldMasked;
    for (const { from, to } of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
      if (from >= decided || to <= masked) continue;
      if (from >= masked) {
        pieces.push(bytes.subarray(at, from), markBytes);
        this.masked++;
      }
      pieces.push(kept(bytes.subarray(Math.max(from, masked), to)));
      masked = to;
      at = to;
    }
    if (at < decided) pieces.push(bytes.subarray(at, decided));
    this.held = Buffer.from(bytes.subarray(decided));
    this.heldMasked = Math.max(0, masked - decided);
    return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  }
}

/** Colours and line breaks inside a masked secret stay, so that what follows looks as it did. */
const kept = (bytes: Buffer): Buffer => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences are what is kept
  const parts = bytes.toString('latin1').match(/\x1b\[[0-9;:]*m|\r?\n/g);
  return Buffer.from(parts?.join('') ?? '', 'latin1');
};

const textLength = (bytes: Buffer): number => bytes.reduce((count, byte) => count + (byte > 0x20 && byte !== 0x7f ? 1 : 0), 0);

export interface RedactedText {
  text: string;
  masked: number;
}

/** A whole text at once; the same string where nothing is secret in it. */
export function redactText(knowledge: SecretKnowledge, text: string): RedactedText {
  const redactor = new StreamRedactor(knowledge);
  const bytes = Buffer.concat([redactor.push(Buffer.from(text)), redactor.end()]);
  return redactor.masked === 0 ? { text, masked: 0 } : { text: bytes.toString(), masked: redactor.masked };
}
