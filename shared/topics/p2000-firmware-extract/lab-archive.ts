/** A small updater for the rehearsal: a script, then a gzip of stored blocks with a tar archive in it. Pure. */
interface Member {
  name: string;
  content?: Uint8Array;
  /** Of a symbolic link. */
  target?: string;
}
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
export function joined(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const bytes = parts.map((part) => (typeof part === 'string' ? ascii(part) : part));
  const all = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of bytes) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** POSIX's ustar, two empty blocks at its end. */
export const tarOf = (members: readonly Member[]): Uint8Array =>
  joined(
    ...members.flatMap(({ name, content = new Uint8Array(), target = '' }) => {
      const head = new Uint8Array(512);
      const put = (at: number, text: string) => head.set(ascii(text), at);
      const octal = (at: number, width: number, value: number) => put(at, `${value.toString(8).padStart(width - 1, '0')}\0`);
      put(0, name);
      octal(100, 8, name.endsWith('/') ? 0o755 : 0o644);
      octal(108, 8, 0);
      octal(116, 8, 0);
      octal(124, 12, content.length);
      octal(136, 12, 1_300_000_000);
      put(148, '        ');
      put(156, target ? '2' : name.endsWith('/') ? '5' : '0');
      put(157, target);
      put(257, 'ustar\u000000root');
      put(297, 'root');
      put(
        148,
        `${head
          .reduce((sum, byte) => sum + byte, 0)
          .toString(8)
          .padStart(6, '0')}\0 `,
      );
      return [head, content, new Uint8Array((512 - (content.length % 512)) % 512)];
    }),
    new Uint8Array(1024),
  );

/** RFC 1952, with blocks that are not compressed. */
export function gzipOf(data: Uint8Array): Uint8Array {
  const number = (value: number, bytes: number) => Uint8Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 255);
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 65_535) {
    const block = data.subarray(at, at + 65_535);
    blocks.push(joined(Uint8Array.of(at + block.length >= data.length ? 1 : 0), number(block.length, 2), number(~block.length & 0xffff, 2), block));
  }
  return joined(Uint8Array.of(31, 139, 8, 0, 0, 0, 0, 0, 0, 3), ...blocks, number(crc32(data), 4), number(data.length, 4));
}

function crc32(data: Uint8Array): number {
  let sum = -1;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
