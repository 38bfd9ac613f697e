/** The way to a console: bytes in both directions, and its end. */
export interface Carrier {
  /** How it is spoken of: "serial device /dev/ttyS0". */
  readonly name: string;
  onData(listener: (bytes: Buffer) => void): void;
  /** The way is gone without being closed from here. Comes at once where it is gone already. */
  onEnd(listener: (detail: string) => void): void;
  write(bytes: Buffer): void;
  /** Lets go of it, without anything being typed at the console. Resolves when it is free for others. */
  close(): Promise<void>;
}

/** Listeners of a carrier. What arrives before anybody listens is kept, so that a prompt is not missed. */
export class CarrierEvents {
  private readonly data: ((bytes: Buffer) => void)[] = [];
  private readonly end: ((detail: string) => void)[] = [];
  private early: Buffer[] = [];
  private ended: string | null = null;

  onData(listener: (bytes: Buffer) => void): void {
    this.data.push(listener);
    for (const bytes of this.early.splice(0)) listener(bytes);
  }
  onEnd(listener: (detail: string) => void): void {
    this.end.push(listener);
    if (this.ended !== null) listener(this.ended);
  }
  emitData(bytes: Buffer): void {
    if (this.data.length === 0) this.early.push(bytes);
    for (const listener of this.data) listener(bytes);
  }
  /** The first end counts. */
  emitEnd(detail: string): void {
    if (this.ended !== null) return;
    this.ended = detail;
    for (const listener of this.end) listener(detail);
  }
}
