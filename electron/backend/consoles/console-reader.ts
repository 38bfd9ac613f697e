/**
 * Collects what a console says and judges where it stands. Pure: the same bytes in any pieces give the same judgement. When
 * to judge is the session's business, as only time tells the end of output from a pause.
 */
import { StringDecoder } from 'node:string_decoder';
import { consoleText, echoText } from './console-text.ts';
import type { ConsoleDialect } from './dialects/console-dialect.ts';

export type ConsoleState =
  | { at: 'prompt'; prompt: string }
  | { at: 'pager' | 'countdown'; answer: string }
  | { at: 'user' | 'password' }
  | { at: 'question'; index: number };

/** Characters kept of one command's output; the beginning goes first. */
const keptCharacters = 4 * 1024 * 1024;
/** Characters of a line that are looked at. */
const lineLimit = 8192;

export class ConsoleReader {
  private readonly dialect: ConsoleDialect;
  /** Bytes that are no UTF-8 become U+FFFD, one each; UCS-2's zero bytes are controls that are taken out. */
  private readonly decoder = new StringDecoder('utf8');
  /** Finished parts: what stands before a pager's question is one. */
  private parts: string[] = [];
  private raw = '';
  private judgedFrom = 0;
  private lookedAt = 0;
  private restartSeen = false;

  constructor(dialect: ConsoleDialect) {
    this.dialect = dialect;
  }

  feed(bytes: Buffer): void {
    this.raw += this.decoder.write(bytes);
    if (this.raw.length <= 2 * keptCharacters) return;
    const gone = this.raw.length - keptCharacters;
    this.raw = this.raw.slice(gone);
    this.judgedFrom = Math.max(0, this.judgedFrom - gone);
    this.lookedAt = Math.max(0, this.lookedAt - gone);
  }

  /** From here on something new is said: what stands now is not judged again, nor in `text`. */
  begin(): void {
    this.parts = [];
    this.restartSeen = false;
    this.rawFromHere();
  }
  /** A question was answered: its line is not judged again, but stays in `text`. */
  answered(): void {
    this.judgedFrom = this.raw.length;
  }
  /** A pager's question was answered: its line is taken out. */
  paged(): void {
    this.parts.push(this.raw.slice(0, this.raw.lastIndexOf('\n') + 1));
    this.rawFromHere();
  }

  state(questions: readonly RegExp[] = []): ConsoleState | null {
    const line = this.lastLine();
    const { prompt, pagers, countdowns, login } = this.dialect;
    const index = questions.findIndex((question) => question.test(line));
    if (index >= 0) return { at: 'question', index };
    const pager = pagers.find(({ pattern }) => pattern.test(line));
    if (pager) return { at: 'pager', answer: pager.answer };
    const countdown = countdowns.find(({ pattern }) => pattern.test(line));
    if (countdown) return { at: 'countdown', answer: countdown.answer };
    if (login?.user.test(line)) return { at: 'user' };
    if (login?.password.test(line)) return { at: 'password' };
    return prompt.test(line) ? { at: 'prompt', prompt: line } : null;
  }

  /** Whether the machine has started anew since `begin`. Checks what is new only: a long output has many pauses. */
  get restarted(): boolean {
    const { restarted } = this.dialect;
    this.restartSeen ||= restarted?.test(consoleText(this.raw.slice(this.lookedAt))) ?? false;
    this.lookedAt = this.raw.lastIndexOf('\n') + 1;
    return this.restartSeen;
  }
  /** What came back of what was typed since `begin`. */
  get echo(): string {
    return echoText(this.raw);
  }
  get empty(): boolean {
    return this.raw === '';
  }
  /** All that was said since `begin`, as lines, without pagers. */
  get text(): string {
    const parts = [...this.parts, this.raw];
    return parts.map((part, index) => consoleText(index === 0 ? part : part.replace(pagerRest, ''))).join('');
  }

  private rawFromHere(): void {
    this.raw = '';
    this.judgedFrom = 0;
    this.lookedAt = 0;
  }

  private lastLine(): string {
    const from = Math.max(this.judgedFrom, this.raw.length - lineLimit);
    const text = consoleText(this.raw.slice(from));
    return text.slice(text.lastIndexOf('\n') + 1);
  }
}

/** How pagers take their question off the screen: backspaces, or the line written over, or a new line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: backspace and escape sequences
const pagerRest = /^(?:\x1b\[[0-9;]*m)*(?:[\b ]*\x08|\r+(?:\x1b\[K| +\r)?\n?|\n)?(?:\x1b\[K)?/;
