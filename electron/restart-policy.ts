/** When to start something again that died: soon at first, later each time, and not at all when it keeps dying. */
export interface RestartPolicy {
  /** Notes a death at `now` (ms). Returns the wait before the next start in ms, or null when there should be none. */
  died(now: number): number | null;
}

const WINDOW_MS = 60_000;
const MOST_DEATHS = 5;
const FIRST_WAIT_MS = 200;

export function makeRestartPolicy(): RestartPolicy {
  let deaths: number[] = [];
  return {
    died(now) {
      deaths = [...deaths.filter((death) => now - death < WINDOW_MS), now];
      if (deaths.length >= MOST_DEATHS) return null;
      return FIRST_WAIT_MS * 2 ** (deaths.length - 1);
    },
  };
}
