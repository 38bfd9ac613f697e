/** A secret as sequences of characters to look for, each in all its spellings. Pure. */
import { base64Spellings, hexSpellings, type SpellingTree, textSpellings } from './character-spellings.ts';

export interface Needle {
  readonly characters: readonly SpellingTree[];
  /** Characters that a terminal may leave out or put in by itself: line breaks. */
  readonly skippable: readonly boolean[];
}

/** Everything to look for, for one secret: as text, hex and base64, composed and decomposed. */
export function needlesOf(secret: string): Needle[] {
  const trimmed = secret.replace(/^[\r\n]+|(?<![\r\n])[\r\n]+$/g, '');
  const forms = [...new Set([trimmed, trimmed.normalize('NFC'), trimmed.normalize('NFD')])];
  return forms.flatMap((form) => {
    const bytes = Buffer.from(form);
    return [textNeedle(form), hexNeedle(bytes), ...[0, 1, 2].map((offset) => base64Needle(bytes, offset))];
  });
}

function textNeedle(text: string): Needle {
  const characters = [...text];
  return { characters: characters.map(textSpellings), skippable: characters.map((character) => character === '\n' || character === '\r') };
}

function hexNeedle(bytes: Buffer): Needle {
  return solid([...bytes].map((byte, index) => hexSpellings(byte, index === 0)));
}

/** Base64 of a text that has the secret behind `offset` (modulo 3) other bytes. */
function base64Needle(bytes: Buffer, offset: number): Needle {
  const bit = (index: number) => ((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
  const characters: SpellingTree[] = [];
  // Bits are counted from the secret's beginning; the first character may begin before it.
  const begin = -(offset * 8) % 6;
  for (let at = begin; at < bytes.length * 8; at += 6) {
    let bits = 0;
    let mask = 0;
    for (let index = at; index < at + 6; index++) {
      const known = index >= 0 && index < bytes.length * 8;
      bits = (bits << 1) | (known ? bit(index) : 0);
      mask = (mask << 1) | (known ? 1 : 0);
    }
    characters.push(base64Spellings(bits, mask));
  }
  return solid(characters);
}

const solid = (characters: SpellingTree[]): Needle => ({ characters, skippable: characters.map(() => false) });
