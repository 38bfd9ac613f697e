/** What the benchmark calls in its page, as `window.bench`. */
export interface BenchPage {
  /** Shows a run of the main side at `port`; the last one shown has the keyboard. */
  showRun(port: number, runId: string): Promise<void>;
  /** Shows a file as if it came from a session, once Enter was pressed. */
  showFromMemory(url: string): Promise<void>;
  /** Milliseconds from the next press of `~` to the end of the frame that drew its echo, in the last terminal shown. */
  nextEcho(): Promise<number>;
}
