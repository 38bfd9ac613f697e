/** Keeps the books of flow control: which bytes were taken, which are parsed, when to say so. */
import type { TerminalFrame } from './terminal-source.ts';

/** Well below the sender's window, or it would stall; each acknowledgement is a message and its answer. */
const acknowledgeEvery = 256 * 1024;

export class FlowLedger {
  private taken = 0;
  private parsed = 0;
  private told = 0;
  private readonly acknowledge: (offset: number) => void;

  constructor(acknowledge: (offset: number) => void) {
    this.acknowledge = acknowledge;
  }

  /** Begins anew: everything before `offset` counts as shown. */
  restart(offset: number): void {
    this.taken = offset;
    this.parsed = offset;
    this.told = offset;
  }

  /** The part of a frame that was not seen before; a frame may overlap what attaching already gave. */
  take(frame: TerminalFrame): Uint8Array {
    const end = frame.offset + frame.bytes.length;
    if (end <= this.taken) return frame.bytes.subarray(frame.bytes.length);
    const fresh = frame.offset < this.taken ? frame.bytes.subarray(this.taken - frame.offset) : frame.bytes;
    // A gap means frames were dropped on the way: they will never be parsed, so they count as parsed.
    if (frame.offset > this.taken) this.parsed += frame.offset - this.taken;
    this.taken = end;
    return fresh;
  }

  /** `count` more bytes went through the parser. The last ones are acknowledged at once, or the sender would wait. */
  note(count: number): void {
    this.parsed += count;
    if (this.parsed > this.told && (this.parsed - this.told >= acknowledgeEvery || this.parsed >= this.taken)) {
      this.told = this.parsed;
      this.acknowledge(this.parsed);
    }
  }

  get unparsed(): number {
    return this.taken - this.parsed;
  }
}
