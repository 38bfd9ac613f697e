/**
 * Keys where nothing but an open question may take them: on the way to a target and at a console without a shell. What is typed
 * there while nobody asks would be read by whatever comes next, and that can be a shell.
 */
import { plainText } from './terminal-text.ts';

/** Of a line, as much as is looked at. */
const lineLimit = 2048;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what ends an answer: Enter, Ctrl-D, Ctrl-C
const answerEnd = /[\r\n\x03\x04]/;

export class AnswerGate {
  private readonly asks: (line: string) => boolean;
  private line = '';
  private isOpen = false;
  /** This line's question was answered; the next one stands on a line of its own. */
  private spent = false;

  /** `asks`: whether the last line, as it can be read, is a question. */
  constructor(asks: (line: string) => boolean) {
    this.asks = asks;
  }

  /** What the terminal shows, in order. */
  saw(bytes: Buffer): void {
    const text = this.line + bytes.toString();
    const lineStart = text.lastIndexOf('\n') + 1;
    if (lineStart > 0) {
      this.isOpen = false;
      this.spent = false;
    }
    this.line = text.slice(Math.max(lineStart, text.length - lineLimit));
    // An answer's echo stays on the line of its question.
    if (!this.isOpen && !this.spent) this.isOpen = this.asks(plainText(this.line));
  }

  /** The line that stands is a question, whatever it says. */
  open(): void {
    if (!this.spent) this.isOpen = true;
  }

  /** What of the keys goes through: the answer to the question that is open, up to its end. */
  pass(keys: string): string {
    if (!this.isOpen) return '';
    const end = keys.search(answerEnd);
    if (end < 0) return keys;
    this.isOpen = false;
    this.spent = true;
    return keys.slice(0, end + 1);
  }
}
