/**
 * What was typed into a run's terminal, as its recording keeps it. What a terminal shows of it is in the recording as output; here stands
 * that it was typed, and every key that acts. Characters are one mark for as many as there are: where they are not shown they may be
 * a password, of which not even the length is kept.
 */
const typedMark = '‹typed›';

export class TypedKeys {
  private marked = false;

  take(keys: string): string {
    let kept = '';
    for (const key of keys) {
      const acts = key < ' ' || key === '\x7f';
      if (acts) kept += key;
      else if (!this.marked) kept += typedMark;
      this.marked = !acts;
    }
    return kept;
  }
}
