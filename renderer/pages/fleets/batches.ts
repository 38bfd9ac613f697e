/** How many hosts at a time, as it is typed: "1, 10, 25%". Pure. */

/** Null where it is no such list. */
export function readBatches(text: string): (number | string)[] | null {
  const parts = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => (/^[1-9]\d{0,4}$/.test(part) ? Number(part) : /^(?:[1-9]\d?|100)%$/.test(part) ? part : null));
  return parts.length === 0 || parts.length > 20 || parts.includes(null) ? null : (parts as (number | string)[]);
}

/** A whole percentage, 0 to 100; null where it is none. */
export const readPercent = (text: string): number | null => (/^(?:\d{1,2}|100)$/.test(text.trim()) ? Number(text) : null);
