/** How the cost of a pure function grows, for tests: in processor time, so that other work on the machine does not count. */

/**
 * How many times as much processor time `run` takes for `factor` times as much. About `factor` where the cost is in proportion, its square
 * where each part is compared with each. What collects garbage or compiles meanwhile only adds: the least of several tries is nearest to the truth.
 */
export function growthOf(run: (size: number) => void, size: number, factor = 4): number {
  run(size); // compiled now, and not in the first measurement
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4 && least > 1.5 * factor; attempt++) least = Math.min(least, costOf(() => run(size * factor)) / costOf(() => run(size)));
  return least;
}

/** In microseconds; as often as it takes for the clock to see it. */
function costOf(work: () => void): number {
  const costs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    let times = 0;
    do {
      work();
      times += 1;
    } while (process.cpuUsage(before).user < 5000);
    return process.cpuUsage(before).user / times;
  });
  return Math.max(1, Math.min(...costs));
}
