/** What the benchmark calls in its page, as `window.bench`. */
export interface BenchPage {
  /** Shows a run of the main side at `port`; the last one shown has the keyboard. */
  showRun(port: number, runId: string): Promise<void>;
  /** Shows a file as if it came from a session, once Enter was pressed. */
  showFromMemory(url: string): Promise<void>;
  /** From here on the next press of `~` counts, in the last terminal shown. */
  awaitEcho(): void;
  /** Milliseconds from that press to the end of the frame that drew its echo. */
  echo(): Promise<number>;
}
