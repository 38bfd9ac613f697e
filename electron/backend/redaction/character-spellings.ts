/**
 * All the ways programs write one character of a secret: as it is, quoted for a shell, escaped for JSON, percent-encoded
 * and so on. They are kept a character at a time, as a quoted text mixes them: `'it'\''s'` quotes only one of four.
 */

/** The spellings as a tree over their bytes. Node 0 is the root. */
export interface SpellingTree {
  /** From node and byte to the next node. */
  readonly next: readonly ReadonlyMap<number, number>[];
  /** Whether a spelling ends at the node; a longer one may still go on from it. */
  readonly ends: readonly boolean[];
  /** The node before; the root's is the root. */
  readonly before: readonly number[];
}

/** Bounds the memory; in practice hex and base64 need 832 and a language's characters some dozens. */
const mostTrees = 4096;
const trees = new Map<string, SpellingTree>();

/** The tree of some spellings; made once for every `name`. */
function treeOf(name: string, makeSpellings: () => readonly string[]): SpellingTree {
  const known = trees.get(name);
  if (known) return known;
  const spellings = makeSpellings();
  const next = [new Map<number, number>()];
  const ends = [false];
  const before = [0];
  for (const spelling of spellings) {
    let node = 0;
    for (const byte of Buffer.from(spelling)) {
      let child = next[node]?.get(byte);
      if (child === undefined) {
        child = next.push(new Map()) - 1;
        ends.push(false);
        before.push(node);
        next[node]?.set(byte, child);
      }
      node = child;
    }
    ends[node] = true;
  }
  const tree = { next, ends, before };
  if (trees.size < mostTrees) trees.set(name, tree);
  return tree;
}

const named: Readonly<Record<string, readonly string[]>> = {
  "'": ["'\\''", `'"'"'`, "''", '&apos;'],
  '"': ['""', '\\\\\\"', '&quot;'],
  '\\': ['\\\\\\\\'],
  '&': ['&amp;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
  ' ': ['+'],
  '\n': ['\\n', '\\\\n'],
  '\r': ['\\r', '\\\\r'],
  '\t': ['\\t', '\\\\t'],
};

const unseen = ['\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff'];

/** Spellings of a character of readable text. `character` is one code point. */
export const textSpellings = (character: string): SpellingTree => treeOf(`text ${character}`, () => spellingsOf(character));

function spellingsOf(character: string): string[] {
  const bytes = [...Buffer.from(character)];
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index).toString(16).padStart(4, '0'));
  const codePoint = (character.codePointAt(0) ?? 0).toString(16);
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  const inBothCases = [(digits: string) => digits, (digits: string) => digits.toUpperCase()].flatMap((cased) => [
    units.map((unit) => `\\u${cased(unit)}`).join(''),
    units.map((unit) => `\\\\u${cased(unit)}`).join(''),
    hex.map((digits) => `\\x${cased(digits)}`).join(''),
    hex.map((digits) => `%${cased(digits)}`).join(''),
    hex.map((digits) => `%25${cased(digits)}`).join(''),
    // Quoted-printable.
    hex.map((digits) => `=${cased(digits)}`).join(''),
    `&#x${cased(codePoint)};`,
  ]);
  const quoted = /^[!-/:-@[-`{-~ ]$/.test(character) ? [`\\${character}`, `\\\\${character}`, `'\\${character}'`] : [];
  return [
    character,
    ...quoted,
    ...inBothCases,
    bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
    `&#${character.codePointAt(0)};`,
    ...(named[character] ?? []),
    // Behind a soft line break of quoted-printable, and behind what nobody sees: zero-width spaces and joiners, soft hyphens.
    `=\n${character}`,
    `=\r\n${character}`,
    ...unseen.map((between) => between + character),
  ];
}

/** Spellings of one byte in a hex text: either case, and with what dumps put before a byte unless it is the first. */
export function hexSpellings(byte: number, first: boolean): SpellingTree {
  const lower = byte.toString(16).padStart(2, '0');
  const cases = [...new Set([lower, lower.toUpperCase()])];
  return treeOf(`hex ${byte} ${first}`, () =>
    first ? cases : ['', ' ', ':', '-', ' 0x', ', 0x', ',0x'].flatMap((between) => cases.map((digits) => between + digits)),
  );
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const alsoWritten: Readonly<Record<string, readonly string[]>> = { '+': ['-', '%2B', '%2b', '\\u002b', '\\u002B'], '/': ['_', '%2F', '%2f', '\\/'] };

/** Spellings of a base64 character of which only the bits of `mask` are known; the other bits belong to neighbours. */
export function base64Spellings(bits: number, mask: number): SpellingTree {
  return treeOf(`base64 ${bits} ${mask}`, () =>
    [...alphabet].flatMap((character, value) => ((value & mask) === bits ? [character, ...(alsoWritten[character] ?? [])] : [])),
  );
}

/** Spellings of one byte as a decimal number, as lists and dumps have them: with what stands before it unless it is the first. */
export function decimalSpellings(byte: number, first: boolean): SpellingTree {
  const digits = String(byte);
  const written = [...new Set([digits, digits.padStart(3, '0')])];
  return treeOf(`decimal ${byte} ${first}`, () =>
    first ? written : [' ', '  ', '   ', ',', ', '].flatMap((between) => written.map((number) => between + number)),
  );
}

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** The same of base32. */
export function base32Spellings(bits: number, mask: number): SpellingTree {
  return treeOf(`base32 ${bits} ${mask}`, () => [...base32Alphabet].flatMap((character, value) => ((value & mask) === bits ? [character] : [])));
}

/** The same of uuencode. */
export function uuSpellings(bits: number, mask: number): SpellingTree {
  return treeOf(`uu ${bits} ${mask}`, () =>
    Array.from({ length: 64 }, (_, value) => value).flatMap((value) => {
      if ((value & mask) !== bits) return [];
      return value === 0 ? ['`', ' '] : [String.fromCharCode(value + 32)];
    }),
  );
}
