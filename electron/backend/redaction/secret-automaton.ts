/**
 * Looks for secrets byte by byte. A thread is one possible reading: how far into which needle it is, and what it is
 * skipping. It skips what a terminal acts on instead of showing (control sequences, line breaks, a readline wrap) and
 * characters that a backspace takes back.
 */
import type { SpellingTree } from './character-spellings.ts';
import { type Needle, needlesOf } from './secret-spellings.ts';

/** What a thread skips. From `taken` on: characters that have to be taken back, one more each. */
const skip = { nothing: 0, escape: 1, csi: 2, string: 3, stringEscape: 4, intermediate: 5, space: 6, taken: 7 } as const;
/** Most characters that a backspace may take back inside of a secret. */
export const mostTaken = 8;
const phases = 16;

export interface Thread {
  readonly needle: number;
  /** Characters of the needle that were read. */
  readonly read: number;
  /** Node in the spelling tree of the next one. */
  readonly node: number;
  readonly phase: number;
  /** Where it began. */
  readonly start: number;
}
/** Told to a step about the bytes after it, where they are there already: spares threads that would die at once. */
export interface Ahead {
  backspace: boolean;
  next: number | undefined;
}

const isControl = (byte: number) => (byte < 0x20 && byte !== 9) || byte === 0x7f;

export class SecretAutomaton {
  private readonly needles: Needle[] = [];
  private readonly offsets: number[] = [];
  private size = 0;
  private readonly beginnings: number[][] = Array.from({ length: 256 }, () => []);
  /** For two bytes in a row: 1 where a secret can begin with them, 2 where it can if a return is next. */
  readonly pairs = new Uint8Array(0x10000);
  /** By `tripleHash` of three bytes in a row that are no controls: 0 where no secret can begin with them. */
  readonly triples = new Uint8Array(0x10000);
  /** Most bytes that are held for one secret; of one that is drawn out longer only so many are masked. */
  longest = 0;

  constructor(secrets: readonly string[]) {
    for (const secret of secrets) for (const needle of needlesOf(secret)) this.add(needle);
  }

  private add(needle: Needle): void {
    const index = this.needles.push(needle) - 1;
    this.offsets.push(this.size);
    this.size += needle.characters.length + 1;
    this.longest = Math.max(this.longest, 8192 + needle.characters.length * 32);
    const firsts = new Set<number>();
    for (const [first, second, third] of beginningsOf(needle)) {
      firsts.add(first);
      this.pairs[(first << 8) | second] = 1;
      this.triples[tripleHash(first, second, third)] = 1;
    }
    for (const first of firsts) {
      this.beginnings[first]?.push(index);
      for (let control = 0; control < 256; control++) if (isControl(control)) this.pairs[(first << 8) | control] = 1;
      this.pairs[(first << 8) | 0x20] ||= 2;
    }
  }

  /** Threads that begin at `at`. */
  begin(byte: number, at: number, threads: Map<number, Thread>, found: (start: number) => void): void {
    for (const needle of this.beginnings[byte] as number[]) this.readByte({ needle, read: 0, node: 0, phase: 0, start: at }, byte, threads, found);
  }

  /** Puts what becomes of a thread with the next byte into `threads`; `found` is told when a secret ends with it. */
  step(thread: Thread, byte: number, ahead: Ahead, threads: Map<number, Thread>, found: (start: number) => void): void {
    const { phase } = thread;
    if (phase !== skip.nothing) {
      const next = nextPhase(phase, byte);
      if (next !== null) this.keep(thread, thread.read, thread.node, next, threads);
      return;
    }
    const complete = this.readByte(thread, byte, threads, found);
    if (byte === 0x1b) this.keep(thread, thread.read, thread.node, skip.escape, threads);
    else if (isControl(byte)) {
      this.keep(thread, thread.read, thread.node, skip.nothing, threads);
      if (byte === 8) this.stepBack(thread, threads);
    } else if (byte >= 0x20 && byte < 0x7f) {
      // A readline wrap: what comes after the last column is a space, then a return.
      if (byte === 0x20 && (ahead.next === undefined || ahead.next === 13)) this.keep(thread, thread.read, thread.node, skip.space, threads);
      // Also where the byte fits: it may be one that is taken back anyway.
      if (ahead.backspace && !complete) this.keep(thread, thread.read, thread.node, skip.taken, threads);
    }
  }

  /** What was read last may be about to be written again. */
  private stepBack(thread: Thread, threads: Map<number, Thread>): void {
    const { needle, read, node } = thread;
    if (node > 0) this.keep(thread, read, this.needles[needle]?.characters[read]?.before[node] ?? 0, skip.nothing, threads);
    else if (read > 1) this.keep(thread, read - 1, 0, skip.nothing, threads);
  }

  /** How much of its secret a thread has read, in characters, and how much there is. Nothing while something else stands behind it. */
  progress({ needle, read, phase }: Thread): { read: number; of: number } {
    return { read: phase >= skip.taken ? 0 : read, of: this.needles[needle]?.characters.length ?? 0 };
  }

  /** Returns whether a secret is complete with it. */
  private readByte(thread: Thread, byte: number, threads: Map<number, Thread>, found: (start: number) => void): boolean {
    const needle = this.needles[thread.needle] as Needle;
    const tree = needle.characters[thread.read] as SpellingTree;
    const node = tree.next[thread.node]?.get(byte);
    if (node === undefined) return false;
    if ((tree.next[node]?.size ?? 0) > 0) this.keep(thread, thread.read, node, skip.nothing, threads);
    if (!tree.ends[node]) return false;
    for (let read = thread.read + 1; ; read++) {
      if (read === needle.characters.length) {
        found(thread.start);
        return true;
      }
      this.keep(thread, read, 0, skip.nothing, threads);
      if (!needle.skippable[read]) return false;
    }
  }

  /** Of two that would read the same from here on the earlier one is kept: the later may begin inside of a control sequence. */
  private keep({ needle, start }: Thread, read: number, node: number, phase: number, threads: Map<number, Thread>): void {
    const key = (((this.offsets[needle] as number) + read) * 1024 + node) * phases + phase;
    const known = threads.get(key);
    if (!known || known.start > start) threads.set(key, { needle, read, node, phase, start });
  }
}

export const tripleHash = (first: number, second: number, third: number): number => Math.imul((first << 16) | (second << 8) | third, 0x9e3779b1) >>> 16;

/** The first three bytes of all spellings. Needles have at least four characters, so there are three. */
function beginningsOf(needle: Needle): [number, number, number][] {
  const found: [number, number, number][] = [];
  const walk = (read: number, node: number, bytes: readonly number[]): void => {
    if (bytes.length === 3) {
      found.push(bytes as [number, number, number]);
      return;
    }
    const tree = needle.characters[read];
    for (const [byte, child] of tree?.next[node] ?? []) {
      if ((tree?.next[child]?.size ?? 0) > 0) walk(read, child, [...bytes, byte]);
      if (tree?.ends[child] || bytes.length === 2) arrive(read + 1, [...bytes, byte]);
    }
  };
  const arrive = (read: number, bytes: readonly number[]): void => {
    walk(read, 0, bytes);
    if (needle.skippable[read]) arrive(read + 1, bytes);
  };
  walk(0, 0, []);
  return found;
}

/** What is skipped after one more byte; null where this can't be inside of a secret. */
function nextPhase(phase: number, byte: number): number | null {
  switch (phase) {
    case skip.escape:
      if (byte === 0x5b) return skip.csi;
      if (byte === 0x50 || byte === 0x58 || (byte >= 0x5d && byte <= 0x5f)) return skip.string;
      if (byte >= 0x20 && byte <= 0x2f) return skip.intermediate;
      if (isControl(byte)) return skip.escape;
      return byte < 0x7f ? skip.nothing : null;
    case skip.csi:
      if (byte === 0x1b) return skip.escape;
      if (byte === 0x18 || byte === 0x1a) return skip.nothing;
      if (byte < 0x40) return skip.csi;
      return byte < 0x7f ? skip.nothing : null;
    case skip.string:
      if (byte === 7 || byte === 0x18 || byte === 0x1a) return skip.nothing;
      return byte === 0x1b ? skip.stringEscape : skip.string;
    case skip.stringEscape:
      return byte === 0x5c ? skip.nothing : nextPhase(skip.escape, byte);
    case skip.intermediate:
      if (byte >= 0x20 && byte <= 0x2f) return skip.intermediate;
      return byte >= 0x30 && byte < 0x7f ? skip.nothing : null;
    case skip.space:
      return byte === 13 ? skip.nothing : null;
    default: {
      if (byte === 8) return phase === skip.taken ? skip.nothing : phase - 1;
      const taken = phase - skip.taken + 1;
      return byte >= 0x20 && byte < 0x7f && taken < mostTaken ? phase + 1 : null;
    }
  }
}
