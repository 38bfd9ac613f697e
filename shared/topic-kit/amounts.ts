/** Numbers and times as calculators say them. */

/** Rounded to so many significant digits: `65,536`, `0.01648`, `1.2 × 10²⁸`. */
export function amountText(value: number, digits = 4): string {
  if (value !== 0 && (Math.abs(value) >= 1e9 || Math.abs(value) < 1e-4)) {
    const [factor = '', power = ''] = value.toExponential(Math.max(0, digits - 1)).split('e');
    return `${Number(factor)} × 10${raised(Number(power))}`;
  }
  return Number(value.toPrecision(Math.abs(value) >= 10 ** digits ? 9 : digits)).toLocaleString('en', { maximumFractionDigits: 12 });
}
const raised = (power: number) => [...String(power)].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('');
export const percentText = (share: number, digits = 4): string => `${amountText(share * 100, digits)} %`;

export interface TimeUnit {
  unit: string;
  /** How long one is. */
  seconds: number;
}
const units: readonly TimeUnit[] = [
  { unit: 'µs', seconds: 1e-6 },
  { unit: 'ms', seconds: 1e-3 },
  { unit: 's', seconds: 1 },
  { unit: 'min', seconds: 60 },
  { unit: 'h', seconds: 3600 },
  { unit: 'days', seconds: 86_400 },
  { unit: 'years', seconds: 31_557_600 },
];
/** The one in which that time is a number of one to three digits, or near it. */
export function timeUnit(seconds: number): TimeUnit {
  const least = (each: TimeUnit) => each.seconds * (each.seconds > 1 ? 2 : 1);
  return units.findLast((each) => seconds >= least(each)) ?? { unit: 's', seconds: 1 };
}
/** `1.377 s`, `24.47 h`, `18.2 years`. */
export function secondsText(seconds: number, digits = 4): string {
  const { unit, seconds: one } = timeUnit(seconds);
  return `${amountText(seconds / one, digits)} ${unit}`;
}
