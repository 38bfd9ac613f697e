/** Prefixes, and the address that a host has outside: RFC 4193 and RFC 6296. Pure. */
import { canonicalAddress } from '../../topic-kit/index.ts';

export interface Prefix {
  /** Eight words of 16 bits; those beyond the length are 0. */
  words: readonly number[];
  length: number;
}

/** The eight words of an address in any spelling; null for what is none. */
export function wordsOf(address: string): number[] | null {
  const text = canonicalAddress(address);
  if (!/^[0-9a-f:]+$/.test(text) || !text.includes(':')) return null;
  const [head = '', tail] = text.split('::');
  const words = (part: string) => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)));
  const [front, back] = [words(head), words(tail ?? '')];
  const all = tail === undefined ? front : [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back];
  return all.length === 8 ? all : null;
}
export const addressText = (words: readonly number[]): string => canonicalAddress(words.map((word) => word.toString(16)).join(':'));

/** `fd01:203:405::/48`; null for what is none, or has bits beyond its length. */
export function parsePrefix(text: string): Prefix | null {
  const [, address = '', length] = /^([0-9A-Fa-f:]{2,39})\/(\d{1,3})$/.exec(text) ?? [];
  const words = wordsOf(address);
  const bits = Number(length ?? Number.NaN);
  if (!words || !(bits <= 128)) return null;
  return words.every((word, at) => (word & ~maskOf(at, bits) & 0xffff) === 0) ? { words, length: bits } : null;
}
const maskOf = (at: number, length: number) => (0xffff << (16 - Math.min(16, Math.max(0, length - at * 16)))) & 0xffff;

/** Of fd00::/8, with 40 bits that are not just 0: RFC 4193. fc00::/8 is not defined. */
export const isLocal = ({ words, length }: Prefix): boolean =>
  ((words[0] ?? 0) & 0xff00) === 0xfd00 && length >= 48 && words.slice(1, 3).some((word) => word !== 0);
/** Of 2000::/3, which is what providers give out. */
export const isGlobal = ({ words }: Prefix): boolean => ((words[0] ?? 0) & 0xe000) === 0x2000;

/** A prefix from 40 random bits, as ten hexadecimal digits. */
export const localPrefix = (random: string): string =>
  `${addressText([Number.parseInt(`fd${random.slice(0, 2)}`, 16), ...[2, 6].map((at) => Number.parseInt(random.slice(at, at + 4), 16)), 0, 0, 0, 0, 0])}/48`;

const fold = (sum: number): number => (sum > 0xffff ? fold((sum & 0xffff) + (sum >> 16)) : sum);
const sumOf = (words: readonly number[]) => words.reduce((sum, word) => fold(sum + word), 0);
/** What a word of the address has to grow by, in one's complement, for the checksum to stay as it is. */
export const adjustment = (from: Prefix, to: Prefix): number => fold(sumOf(from.words) + (~sumOf(to.words) & 0xffff));

/** The same bits behind another prefix: NETMAP, and nft’s prefix maps. */
export const netmap = (address: readonly number[], to: Prefix): number[] =>
  address.map((word, at) => ((to.words[at] ?? 0) & maskOf(at, to.length)) | (word & ~maskOf(at, to.length) & 0xffff));

/** The address that RFC 6296 gives it; null where it has none: a subnet 0xffff, or an interface identifier of 0 or of only 0xffff. */
export function npt(address: readonly number[], from: Prefix, to: Prefix): number[] | null {
  const mapped = netmap(address, to);
  const at = from.length <= 48 ? 3 : [4, 5, 6, 7].find((index) => mapped[index] !== 0xffff);
  if (at === undefined || mapped[at] === 0xffff || (at > 3 && mapped.slice(4).every((word) => word === 0))) return null;
  const word = fold((mapped[at] ?? 0) + adjustment(from, to));
  return mapped.map((one, index) => (index === at ? (word === 0xffff ? 0 : word) : one));
}
