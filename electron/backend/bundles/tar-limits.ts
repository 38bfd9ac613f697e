/**
 * Lets a tar archive through as it is, and looks at its headers: the library keeps long names and extended headers in memory whole,
 * however long they say they are. Bundles need none of more than a few KiB.
 */
import { RefusedEntry } from './bundle-format.ts';

const block = 512;
/** Bytes of a long name or an extended header. */
const longestExtension = 64 * 1024;
/** Extended headers and long names, of POSIX and of GNU. */
const extensions: ReadonlySet<string> = new Set(['x', 'g', 'L', 'K']);

/** Throws RefusedEntry for a header that says more than is kept. */
export async function* limitedTar(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  /** Bytes until the next header. */
  let content = 0;
  let extension = false;
  for await (const piece of source) {
    let rest: Buffer = piece;
    while (rest.length > 0) {
      if (content > 0 && !extension) {
        const passed = Math.min(content, rest.length);
        content -= passed;
        rest = rest.subarray(passed);
        continue;
      }
      const wanted = extension ? content : block;
      const taken = rest.subarray(0, wanted - held.length);
      held = Buffer.concat([held, taken]);
      rest = rest.subarray(taken.length);
      if (held.length < wanted) continue;
      if (extension) {
        // Another length than the header's would have the rest read as something else than it is here.
        if (/(^|\n)\d+ size=/.test(held.toString('latin1'))) throw new RefusedEntry('an extended header gives a file another length');
        content = 0;
        extension = false;
      } else {
        const kind = String.fromCharCode(held[156] ?? 0);
        const size = sizeIn(held);
        extension = extensions.has(kind);
        if (extension && size > longestExtension) throw new RefusedEntry(`an extended header has ${size} bytes, and at most ${longestExtension} are read`);
        content = Math.ceil(size / block) * block;
        extension &&= content > 0;
      }
      held = Buffer.alloc(0);
    }
    yield piece;
  }
}

/** Octal, or binary where the first bit is set. */
function sizeIn(header: Buffer): number {
  const field = header.subarray(124, 136);
  if ((field[0] ?? 0) & 0x80) return field.subarray(4).reduce((size, byte) => size * 256 + byte, 0);
  const digits = /^[\0 ]*([0-7]+)/.exec(field.toString('latin1'))?.[1];
  return digits === undefined ? 0 : Number.parseInt(digits, 8);
}
