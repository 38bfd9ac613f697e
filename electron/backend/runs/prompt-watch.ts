/** Notices when a running command asks a question the topic knows, and when it has moved on. */
import { matchedCharacters, type Prompt } from '../../../shared/topic-kit/index.ts';

export class PromptWatch {
  private readonly prompts: readonly Prompt[];
  private current: Prompt | null = null;
  /** The line that was taken as a question although no pattern knows it. */
  private standing: string | null = null;
  /** Ending at which the last question was answered; the same text is not taken for a new one. */
  private answeredAt: string | null = null;

  constructor(prompts: readonly Prompt[]) {
    this.prompts = prompts;
  }

  get wanted(): boolean {
    return this.prompts.length > 0;
  }
  get open(): Prompt | null {
    return this.current;
  }

  /** Checks the end of the output; returns the question that is open now. */
  look(ending: string): Prompt | null {
    const lastLine = ending.slice(ending.lastIndexOf('\n') + 1).slice(-matchedCharacters);
    // The echo of an answer stays on the line; a finished line means that it was given, here or in the terminal. The next
    // question may have come with it.
    if (this.current?.pattern.test(lastLine) || (this.standing !== null && this.standing === lastLine)) return this.current;
    this.standing = null;
    if (this.answeredAt !== null && lastLine.startsWith(this.answeredAt)) return null;
    this.answeredAt = null;
    this.current = this.prompts.find((prompt) => prompt.pattern.test(lastLine)) ?? null;
    if (this.current) this.lastLine = lastLine;
    return this.current;
  }

  /** The last line is a question, whatever it says; false where one is open already. */
  stand(prompt: Prompt, ending: string): boolean {
    if (this.current) return false;
    this.lastLine = ending.slice(ending.lastIndexOf('\n') + 1).slice(-matchedCharacters);
    this.standing = this.lastLine;
    this.current = prompt;
    return true;
  }

  answered(): void {
    this.standing = null;
    this.answeredAt = this.lastLine;
    this.current = null;
  }

  private lastLine = '';
}
