/** Sizes, durations and moments as people read them. */

const units = ['bytes', 'KiB', 'MiB', 'GiB'] as const;

export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** `10,000`: as every text of Wrenchbook has it. */
export const numberText = (count: number) => count.toLocaleString('en-US');

export const runsText = (runs: number) => `${numberText(runs)} ${runs === 1 ? 'run' : 'runs'}`;

/** `0.4 s`, `38 s`, `3 min 05 s`, `1 h 02 min`. */
export function durationText(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Working time as planned. Fractions of a minute are for adding up, not for reading. */
export function minutesText(minutes: number): string {
  if (minutes <= 0) return 'moments';
  if (minutes < 1) return 'under 1 min';
  return minutes < 90 ? `~${Math.round(minutes)} min` : `~${(minutes / 60).toFixed(1).replace(/\.0$/, '')} h`;
}

/** Local time to the minute, `2026-03-04 17:05`: sorts, and reads the same everywhere. */
export function momentText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function clockText(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toTimeString().slice(0, 8);
}

/** Position in a recording, `1:05`. */
export function positionText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Enough of a digest to compare by eye. */
export const shortDigest = (sha256: string) => (sha256.length > 16 ? `${sha256.slice(0, 12)}…` : sha256);
