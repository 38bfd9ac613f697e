/** How long to wait before the next try to reach a target. Pure. */

const firstMs = 1000;
const longestMs = 30_000;

/** `tries`: how many have failed. */
export const backOffMs = (tries: number): number => Math.min(longestMs, firstMs * 2 ** Math.max(0, tries - 1));

/** About half an hour of trying. Tries are counted and not minutes: a laptop that slept for hours goes on trying. */
export const mostTries = 60;
/** So often a password is asked for again after a lost link before it is left to the admin. */
export const mostAskedTries = 3;
/** So often one reading is begun again by itself. */
export const mostReadings = 3;
