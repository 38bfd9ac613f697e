/**
 * The ways a secret may be written, as one graph of bytes: as it is, and, character by character in any mixture, quoted
 * for a shell, escaped for JSON, URLs, HTML or `ls -b`, composed or decomposed; and as a whole in base64 and hex.
 */
export interface FormNode {
  /** Where each byte leads. */
  edges: { byte: number; to: FormNode }[];
  /** A form of a secret ends here. */
  end: boolean;
  /** Place in the graph, for naming sets of nodes. */
  id: number;
}
/** One byte of a path, or the several it may be. */
type Choice = readonly number[];

const bytesOf = (text: string): Choice[] => [...Buffer.from(text)].map((byte) => [byte]);
const anyCase = (text: string): Choice[] => [...text].map((digit) => [...new Set([digit.toLowerCase(), digit.toUpperCase()])].map((one) => one.charCodeAt(0)));
const hexPair = (byte: number) => anyCase(byte.toString(16).padStart(2, '0'));

const entities: Record<string, string[]> = { '&': ['&amp;'], '<': ['&lt;'], '>': ['&gt;'], '"': ['&quot;', '&#34;'], "'": ['&#39;', '&#x27;', '&apos;'] };
const quotings: Record<string, string[]> = { "'": ["'\\''", `'"'"'`], '"': [`"'"'"`], '\\': ['\\\\', '\\\\\\\\'], ' ': ['+'] };

export class FormGraph {
  readonly start: FormNode;
  private count = 0;

  constructor() {
    this.start = this.node();
  }

  /** Adds every form of a secret. */
  add(secret: string): void {
    const variants = [...new Set([secret, secret.normalize('NFC'), secret.normalize('NFD')])];
    this.addMixed(secret);
    for (const variant of variants) {
      for (const bytes of [Buffer.from(variant), Buffer.from(variant, 'utf16le')]) {
        this.addHex(bytes);
        for (const alignment of [0, 1, 2]) this.addBase64(bytes, alignment);
      }
    }
  }

  private node(end = false): FormNode {
    return { edges: [], end, id: this.count++ };
  }

  /** Every character in any of its spellings, whatever the spelling of the one before. */
  private addMixed(secret: string): void {
    const clusters = secret.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];
    this.sequence(this.start, this.node(true), clusters, (from, to, cluster) => {
      for (const variant of new Set([cluster, cluster.normalize('NFC'), cluster.normalize('NFD')]))
        this.sequence(from, to, [...variant], (before, after, character) => this.addCharacter(before, after, character));
    });
  }

  private addCharacter(from: FormNode, to: FormNode, character: string): void {
    this.sequence(from, to, [...Buffer.from(character)], (before, after, byte) => {
      this.path(before, after, [[byte]]);
      this.path(before, after, [[0x25], ...hexPair(byte)]);
      this.path(before, after, [...bytesOf('\\x'), ...hexPair(byte)]);
      this.path(before, after, bytesOf(`\\${byte.toString(8).padStart(3, '0')}`));
    });
    const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index).toString(16).padStart(4, '0'));
    this.path(
      from,
      to,
      units.flatMap((unit) => [...bytesOf('\\u'), ...anyCase(unit)]),
    );
    const escaped = /[A-Za-z0-9]/.test(character) ? [] : [1, 2, 3].map((times) => '\\'.repeat(times) + character);
    for (const spelling of [...escaped, ...(entities[character] ?? []), ...(quotings[character] ?? [])]) this.path(from, to, bytesOf(spelling));
  }

  /** Pairs of digits, with nothing or one separator between them as dumps print them. */
  private addHex(bytes: Buffer): void {
    this.sequence(this.start, this.node(true), [...bytes], (from, to, byte) => {
      this.path(from, to, hexPair(byte));
      if (from !== this.start) this.path(from, to, [[0x20, 0x3a, 0x2d], ...hexPair(byte)]);
    });
  }

  /** What base64 of any text with the secret in it contains: the digits that the neighbours have no part in. */
  private addBase64(bytes: Buffer, alignment: number): void {
    const digits = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
    const first = Math.ceil((alignment * 8) / 6);
    const after = Math.floor(((alignment + bytes.length) * 8) / 6);
    const choices = [...digits.slice(first, after)].map((digit) => (digit === '+' ? [0x2b, 0x2d] : digit === '/' ? [0x2f, 0x5f] : [digit.charCodeAt(0)]));
    this.path(this.start, this.node(true), choices);
  }

  private sequence<Item>(from: FormNode, to: FormNode, items: readonly Item[], add: (from: FormNode, to: FormNode, item: Item) => void): void {
    let before = from;
    for (const [index, item] of items.entries()) {
      const after = index === items.length - 1 ? to : this.node();
      add(before, after, item);
      before = after;
    }
  }

  private path(from: FormNode, to: FormNode, choices: readonly Choice[]): void {
    this.sequence(from, to, choices, (before, after, choice) => {
      for (const byte of choice) before.edges.push({ byte, to: after });
    });
  }
}
