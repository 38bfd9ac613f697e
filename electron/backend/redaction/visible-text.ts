/** Terminal bytes as the text they show, with where each character came from. For matching; no screen is kept. */

export interface VisibleText {
  text: string;
  /** For every UTF-16 unit of `text`: where its character begins and ends in the bytes. */
  starts: number[];
  ends: number[];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences
const controlSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/y;

export function visibleText(bytes: Buffer): VisibleText {
  const raw = bytes.toString('latin1');
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number;
    if (byte === 0x1b) {
      controlSequence.lastIndex = at;
      at += controlSequence.exec(raw)?.[0].length ?? 1;
    } else if (byte === 8) {
      units.pop();
      starts.pop();
      ends.pop();
      at++;
    } else if (byte < 0x20 && byte !== 9) {
      at++;
    } else {
      const length = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      const end = Math.min(bytes.length, at + length);
      for (const unit of byte < 0x80 ? String.fromCharCode(byte) : bytes.toString('utf8', at, end).split('')) {
        units.push(unit);
        starts.push(at);
        ends.push(end);
      }
      at = end;
    }
  }
  return { text: units.join(''), starts, ends };
}
