/** What a terminal pane is connected to: a run's session, or a generator in the benchmark. */

/** Bytes of the terminal's output; `offset` is where they begin, counted from the session's start. */
export interface TerminalFrame {
  offset: number;
  bytes: Uint8Array;
}

export interface TerminalSource {
  /** Asks for frames; resolves with what to show first, and the offset at which frames go on from there. */
  attach(): Promise<TerminalFrame>;
  onData(listener: (frame: TerminalFrame) => void): () => void;
  write(data: string): void;
  resize(cols: number, rows: number): void;
  /** Tells that everything before `offset` was parsed; the sender goes on once enough was. */
  acknowledge(offset: number): void;
}
