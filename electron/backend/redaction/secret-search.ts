/**
 * Finds the forms of secrets in a terminal's bytes, read in three ways: without control sequences and line breaks, as
 * the eye reads wrapped and coloured text; with backspaces applied, as the screen shows it; and as the bare bytes.
 */
import { columnsLeft, sequenceLength } from './control-sequence.ts';
import type { SecretAutomaton } from './secret-automaton.ts';

/** Bytes from `from` up to, not including, `to`. */
export interface Span {
  from: number;
  to: number;
}
export interface Found {
  spans: Span[];
  /** From here on a secret may have begun whose end is still to come; the number of bytes where none has. */
  undecided: number;
}

const escape = 0x1b;
const backspace = 0x08;
/** For so many bytes after a beginning that did not go on, a backspace may still make it go on. */
export const lookBack = 32;
/** Most characters that are taken back in one go. */
const mostErased = 16;

/** All forms in `bytes`, whose first byte is no part of a control sequence. */
export function findSecrets(automaton: SecretAutomaton, bytes: Buffer): Found {
  const found: Found = { spans: [], undecided: bytes.length };
  const escapes = bytes.includes(escape);
  readSkipping(automaton, bytes, found);
  if (escapes) readBare(automaton, bytes, found);
  if (bytes.includes(backspace) || (escapes && bytes.includes(0x44))) readErasing(automaton, bytes, found);
  return found;
}

const isControl = (byte: number) => byte < 0x20 || byte === 0x7f;

/** Only what has begun is followed; bytes with which nothing begins are passed over in the fastest way. */
function readSkipping(automaton: SecretAutomaton, bytes: Buffer, found: Found): void {
  const { begins, tokens, idle } = automaton;
  const trail = new Trail(automaton, bytes.length, found);
  let state = idle;
  for (let at = 0; at < bytes.length; at++) {
    if (state === idle) {
      while (at < bytes.length && begins[bytes[at] as number] === 0 && bytes[at] !== escape) at++;
      if (at === bytes.length) break;
      trail.clear();
    }
    const byte = bytes[at] as number;
    if (byte === escape) {
      const length = sequenceLength(bytes, at);
      if (length === 0) return trail.undecidedFrom(at, state);
      at += length - 1;
    } else if (!isControl(byte)) {
      const wraps = byte === 0x20 && bytes[at + 1] === 0x0d;
      state = automaton.next(state, wraps ? automaton.wrapSpace : (tokens[byte] as number));
      trail.step(state, at, !wraps);
    }
  }
  trail.undecidedFrom(bytes.length, state);
}

function readBare(automaton: SecretAutomaton, bytes: Buffer, found: Found): void {
  const trail = new Trail(automaton, bytes.length, found);
  let state = automaton.idle;
  for (let at = 0; at < bytes.length; at++) {
    if (state === automaton.idle) {
      while (at < bytes.length && automaton.begins[bytes[at] as number] === 0) at++;
      if (at === bytes.length) break;
      trail.clear();
    }
    state = automaton.next(state, automaton.tokens[bytes[at] as number] as number);
    trail.step(state, at, true);
  }
  trail.undecidedFrom(bytes.length, state);
}

function readErasing(automaton: SecretAutomaton, bytes: Buffer, found: Found): void {
  const trail = new Trail(automaton, bytes.length, found);
  const states: number[] = [];
  let erased = 0;
  const erase = (columns: number) => {
    erased += columns;
    if (erased > mostErased) {
      states.length = 0;
      trail.clear();
    } else {
      states.length = Math.max(0, states.length - columns);
      trail.back(columns);
    }
  };
  const state = () => states.at(-1) ?? automaton.idle;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === escape) {
      const length = sequenceLength(bytes, at);
      if (length === 0) return trail.undecidedFrom(at, state());
      const columns = columnsLeft(bytes, at, length);
      if (columns > 0) erase(columns);
      at += length - 1;
    } else if (byte === backspace) {
      erase(1);
    } else if (!isControl(byte)) {
      erased = 0;
      states.push(automaton.next(state(), automaton.tokens[byte] as number));
      trail.step(state(), at, true);
    }
  }
  trail.undecidedFrom(bytes.length, state());
}

/** Where the characters of what has begun stand, so that an end can be led back to its beginning. */
class Trail {
  private readonly automaton: SecretAutomaton;
  private readonly found: Found;
  private readonly lookFrom: number;
  private places: number[] = [];

  constructor(automaton: SecretAutomaton, length: number, found: Found) {
    this.automaton = automaton;
    this.found = found;
    this.lookFrom = length - lookBack;
  }

  clear(): void {
    if (this.places.length > 0) this.places = [];
  }
  back(columns: number): void {
    this.places.length = Math.max(0, this.places.length - columns);
  }

  step(state: number, at: number, hasPlace: boolean): void {
    if (hasPlace) this.places.push(at);
    const ended = this.automaton.endedLength(state);
    if (ended > 0) this.found.spans.push({ from: this.place(ended), to: at + 1 });
    if (at >= this.lookFrom) this.undecidedFrom(this.found.undecided, state);
  }

  /** The bytes end at `at`, or can't be read on from there. */
  undecidedFrom(at: number, state: number): void {
    const begun = this.automaton.begunLength(state);
    this.found.undecided = Math.min(this.found.undecided, at, begun > 0 ? this.place(begun) : at);
  }

  private place(back: number): number {
    return this.places[this.places.length - back] ?? 0;
  }
}
