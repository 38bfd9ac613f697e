/**
 * Replaces names in a terminal's output as it comes in pieces: a word whose end is still to come is held back, so a name
 * that is split over pieces is found. Escape sequences end a word, and are not part of one.
 */

/** Everything that names and addresses are made of. */
const word = '[A-Za-z0-9_.:@%/-]';
/** Escape sequences, the beginning of one at the end of the text, and words. */
const pieces = new RegExp(`\\x1b\\[[0-?]*[ -/]*[@-~]|\\x1b\\][0-9]*;|\\x1b[^\\[\\]]|(?<begun>\\x1b(?:\\[[0-?]*[ -/]*|\\][0-9]*)?$)|(?<word>${word}+)`, 'g');
/** No name is longer; a word without end is not held for ever. */
const longest = 4096;

export class OutsideStream {
  private readonly onWord: (word: string) => string;
  private held = '';

  constructor(onWord: (word: string) => string) {
    this.onWord = onWord;
  }

  push(data: string): string {
    const text = this.held + data;
    this.held = '';
    return this.worked(text, true);
  }

  /** What is held back, as nothing follows. */
  end(): string {
    const rest = this.held;
    this.held = '';
    return this.worked(rest, false);
  }

  private worked(text: string, goesOn: boolean): string {
    return text.replace(pieces, (piece: string, begun: string | undefined, inWord: string | undefined, at: number) => {
      if (goesOn && (begun ?? inWord) !== undefined && at + piece.length === text.length && piece.length <= longest) {
        this.held = piece;
        return '';
      }
      return inWord === undefined ? piece : this.onWord(piece);
    });
  }
}
