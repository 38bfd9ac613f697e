/** How many hosts at a time, as it is typed: "1, 10, 25%". Pure. */

/** Null where it is no such list. */
export function readBatches(text: string): (number | string)[] | null {
  const parts = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => (/^[1-9]\d{0,4}$/.test(part) ? Number(part) : /^(?:[1-9]\d?|100)%$/.test(part) ? part : null));
  return parts.length === 0 || parts.length > 20 || parts.includes(null) ? null : (parts as (number | string)[]);
}

/** Failed hosts at which it stops; null where the field is empty, undefined where it is no number of hosts. */
export function readStopAt(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  return /^[1-9]\d{0,4}$/.test(text.trim()) ? Number(text) : undefined;
}

/** A whole percentage, 0 to 100; null where it is none. */
export const readPercent = (text: string): number | null => (/^(?:\d{1,2}|100)$/.test(text.trim()) ? Number(text) : null);
