/** A secret as sequences of characters to look for, each in all its spellings. Pure. */
import { base32Spellings, base64Spellings, decimalSpellings, hexSpellings, type SpellingTree, textSpellings, uuSpellings } from './character-spellings.ts';

export interface Needle {
  readonly characters: readonly SpellingTree[];
  /** Characters that a terminal may leave out or put in by itself: line breaks. */
  readonly skippable: readonly boolean[];
}

/** Everything to look for, for one secret: as text, hex, decimal numbers, base64, base32 and uuencode, composed and decomposed. */
export function needlesOf(secret: string): Needle[] {
  const trimmed = secret.replace(/^[\r\n]+|(?<![\r\n])[\r\n]+$/g, '');
  const forms = [...new Set([trimmed, trimmed.normalize('NFC'), trimmed.normalize('NFD')])];
  return forms.flatMap((form) => {
    const bytes = Buffer.from(form);
    return [
      textNeedle(form),
      hexNeedle(bytes),
      decimalNeedle(bytes),
      ...[0, 1, 2].flatMap((offset) => [encodedNeedle(bytes, offset, base64), encodedNeedle(bytes, offset, uuencode)]),
      ...[0, 1, 2, 3, 4].map((offset) => encodedNeedle(bytes, offset, base32)),
    ];
  });
}

function textNeedle(text: string): Needle {
  const characters = [...text];
  return { characters: characters.map(textSpellings), skippable: characters.map((character) => character === '\n' || character === '\r') };
}

function hexNeedle(bytes: Buffer): Needle {
  return solid([...bytes].map((byte, index) => hexSpellings(byte, index === 0)));
}

function decimalNeedle(bytes: Buffer): Needle {
  return solid([...bytes].map((byte, index) => decimalSpellings(byte, index === 0)));
}

/** How an encoding writes so many bits as a character; bits outside of `mask` are a neighbour's. */
interface Encoding {
  bits: number;
  spellings(bits: number, mask: number): SpellingTree;
}
const base64: Encoding = { bits: 6, spellings: base64Spellings };
const base32: Encoding = { bits: 5, spellings: base32Spellings };
const uuencode: Encoding = { bits: 6, spellings: uuSpellings };

/** What an encoding makes of a text that has the secret behind `offset` other bytes. */
function encodedNeedle(bytes: Buffer, offset: number, { bits: width, spellings }: Encoding): Needle {
  const bit = (index: number) => ((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
  const characters: SpellingTree[] = [];
  // Bits are counted from the secret's beginning; the first character may begin before it.
  const begin = -((offset * 8) % width);
  for (let at = begin; at < bytes.length * 8; at += width) {
    let bits = 0;
    let mask = 0;
    for (let index = at; index < at + width; index++) {
      const known = index >= 0 && index < bytes.length * 8;
      bits = (bits << 1) | (known ? bit(index) : 0);
      mask = (mask << 1) | (known ? 1 : 0);
    }
    characters.push(spellings(bits, mask));
  }
  return solid(characters);
}

const solid = (characters: SpellingTree[]): Needle => ({ characters, skippable: characters.map(() => false) });
