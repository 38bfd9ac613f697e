/**
 * The order of the unit tests: files that wait (for machines, lines and limits) run beside files that compute, and are begun early. Files that share a
 * process come last, side by side: a process is kept for the next file only if that one shares it.
 */
import { BaseSequencer } from 'vitest/node';

/** They wait most of their time. */
const waits = /\/electron\/(backend\/(real|sessions|runs|targets|consoles|faults)|cli)\//;

export class WaitingFirst extends BaseSequencer {
  async sort(files) {
    const sorted = await super.sort(files);
    const apart = sorted.filter(({ project }) => project.config.isolate);
    return [
      ...taken(
        apart.filter(({ moduleId }) => waits.test(moduleId)),
        apart.filter(({ moduleId }) => !waits.test(moduleId)),
      ),
      ...sorted.filter(({ project }) => !project.config.isolate),
    ];
  }
}

/** Two of the first, one of the second, and so on; what is left of either follows. */
export function taken(first, second) {
  const order = [];
  for (let at = 0; 2 * at < first.length || at < second.length; at++) order.push(...first.slice(2 * at, 2 * at + 2), ...second.slice(at, at + 1));
  return order;
}
