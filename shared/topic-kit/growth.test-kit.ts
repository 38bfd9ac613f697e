/** How the cost of a pure function grows, for tests: in processor time, so that other work on the machine does not count. */

/**
 * How many times as much processor time `run` takes for `factor` times as much. About `factor` where the cost is in proportion, its square
 * where each part is compared with each. The least of three measurements each, as a collection of garbage can come at any time.
 */
export function growthOf(run: (size: number) => void, size: number, factor = 4): number {
  run(size); // compiled now, and not in the first measurement
  return costOf(() => run(size * factor)) / costOf(() => run(size));
}

function costOf(work: () => void): number {
  const costs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user;
  });
  return Math.max(1, Math.min(...costs));
}
