/** Notices something that does not answer any more, by asking it for a sign of life again and again. */

interface HeartbeatOptions {
  /** Asks; any settlement is a sign of life. */
  beat(): Promise<unknown>;
  everyMs: number;
  /**
   * So many times in a row without an answer: it hangs. Counted in beats and not in time, so that a laptop that slept is
   * not taken for one.
   */
  silentBeats: number;
  /** Called once. */
  onSilent(): void;
}

/** Returns how to end the watch. */
export function watchHeartbeat({ beat, everyMs, silentBeats, onSilent }: HeartbeatOptions): () => void {
  let silent = 0;
  const alive = () => {
    silent = 0;
  };
  const timer = setInterval(() => {
    if (silent >= silentBeats) {
      clearInterval(timer);
      onSilent();
      return;
    }
    // One question is enough: what hangs would only find more of them later.
    if (silent === 0) void beat().then(alive, alive);
    silent += 1;
  }, everyMs);
  return () => clearInterval(timer);
}
