/**
 * What ConPTY sends, as the bytes that a pseudo-terminal elsewhere would give. node-pty hands out text on Windows, whatever
 * encoding is asked for. And ConPTY asks its terminal at the start what it is (DA1, `ESC [ c`) and starts the program only
 * when it is answered, or after three seconds. That is answered here, once, and taken out: a window that is attached
 * later would answer too, into whatever runs then.
 */
const question = '\x1b[c';
/** Conformance level 1, with colour; ConPTY looks there for extensions that it may use, and does without these. */
const answer = '\x1b[?61;22c';
/** ConPTY asks before any output of the program; here it is looked for in the first so many characters only. */
const startLength = 1024;

export class ConptyOutput {
  private readonly reply: (answer: string) => void;
  private held = '';
  private seen = 0;
  private started = false;

  constructor(reply: (answer: string) => void) {
    this.reply = reply;
  }

  take(text: string): Buffer {
    if (this.started) return Buffer.from(text);
    const all = this.held + text;
    this.held = '';
    const at = all.indexOf(question);
    if (at >= 0) {
      this.started = true;
      this.reply(answer);
      return Buffer.from(all.slice(0, at) + all.slice(at + question.length));
    }
    const keep = beginningAtEnd(all);
    this.held = all.slice(all.length - keep);
    this.seen += all.length - keep;
    this.started = this.seen > startLength && keep === 0;
    return Buffer.from(all.slice(0, all.length - keep));
  }

  /** What was held back, when no more will come. */
  end(): Buffer {
    const rest = Buffer.from(this.held);
    this.held = '';
    return rest;
  }
}

/** How many characters at the end could be the first of the question. */
const beginningAtEnd = (text: string): number => [2, 1].find((length) => text.endsWith(question.slice(0, length))) ?? 0;
