/** What has to be masked in one run: secrets that are known, patterns of the topic, and what the patterns have found. */
import { secretMark, shortestSecret } from '../../../shared/api/secret-mark.ts';
import { PatternStream } from './pattern-stream.ts';
import { SecretAutomaton } from './secret-automaton.ts';
import { SecretStream } from './secret-stream.ts';

/** More are not looked for again elsewhere; where the pattern finds them they are masked anyway. */
const mostFound = 200;

/** Masks one stream of bytes. */
export interface StreamRedactor {
  push(bytes: Buffer): Buffer;
  /** Gives out what is held back; the stream may go on. */
  end(): Buffer;
}

export class Redactor {
  private readonly patterns: readonly RegExp[];
  private readonly secrets = new Set<string>();
  private found = 0;
  private compiled: { secrets: readonly string[]; automaton: SecretAutomaton } | null = null;

  constructor(patterns: readonly RegExp[] = []) {
    this.patterns = patterns;
  }

  /** Masks these from now on, also in streams that are open. Shorter ones than four characters can't be looked for. */
  add(...secrets: readonly string[]): void {
    for (const secret of secrets) {
      if ([...secret].length < shortestSecret || secretMark.includes(secret) || this.secrets.has(secret)) continue;
      this.secrets.add(secret);
      this.compiled = null;
    }
  }

  /** Whether anything is to be masked at all. */
  get idle(): boolean {
    return this.secrets.size === 0 && this.patterns.length === 0;
  }

  /** Masks a whole text; the same text where nothing had to be. */
  redactText(text: string): { text: string; masked: number } {
    if (this.idle || text === '') return { text, masked: 0 };
    const stream = new RedactedStream(this, this.patterns);
    const out = Buffer.concat([stream.push(Buffer.from(text)), stream.end()]);
    return stream.masked > 0 ? { text: out.toString(), masked: stream.masked } : { text, masked: 0 };
  }

  stream(): StreamRedactor {
    return new RedactedStream(this, this.patterns);
  }

  /** Called by streams: what a pattern found is a secret everywhere, also without the words around it. */
  learn(value: string): void {
    if (this.found >= mostFound || this.secrets.has(value)) return;
    this.found++;
    this.add(value);
  }

  /** The automaton over all secrets, made anew when there are more. */
  get current(): { secrets: readonly string[]; automaton: SecretAutomaton } {
    if (!this.compiled) {
      const secrets = [...this.secrets];
      this.compiled = { secrets, automaton: new SecretAutomaton(secrets) };
    }
    return this.compiled;
  }
}

class RedactedStream implements StreamRedactor {
  private readonly redactor: Redactor;
  private readonly byPattern: PatternStream | null;
  private readonly bySecret = new SecretStream();
  private used: SecretAutomaton | null = null;

  constructor(redactor: Redactor, patterns: readonly RegExp[]) {
    this.redactor = redactor;
    this.byPattern = patterns.length > 0 ? new PatternStream(patterns, (value) => redactor.learn(value)) : null;
  }

  get masked(): number {
    return this.bySecret.masked + (this.byPattern?.masked ?? 0);
  }

  push(bytes: Buffer): Buffer {
    if (!this.byPattern) return this.pushPiece(bytes);
    return Buffer.concat(this.byPattern.push(bytes).map((piece) => this.pushPiece(piece)));
  }
  end(): Buffer {
    const last = this.byPattern ? this.pushPiece(this.byPattern.end()) : Buffer.alloc(0);
    return Buffer.concat([last, this.bySecret.end()]);
  }

  private pushPiece(bytes: Buffer): Buffer {
    const { secrets, automaton } = this.redactor.current;
    if (automaton !== this.used) {
      this.bySecret.use(secrets, automaton);
      this.used = automaton;
    }
    return this.bySecret.push(bytes);
  }
}
