/** Curves in a plot with round numbers at its axes. */
import type { Picture, PictureOf } from '../api/picture.ts';
import { type Drawing, rounded, type Shape, textWidth } from './shapes.ts';

const at = { width: 640, height: 340, left: 62, right: 16, top: 34, bottom: 46 };
type Axis = PictureOf<'lines'>['x'];

export function drawLines({ x, y, series, marks }: PictureOf<'lines'>): Drawing {
  const xs = scale(x, [...series.flatMap(({ points }) => points.map(([value]) => value)), ...marks.map((mark) => mark.x)], at.left, at.width - at.right);
  const ys = scale(
    y,
    series.flatMap(({ points }) => points.map(([, value]) => value)),
    at.height - at.bottom,
    at.top,
    true,
  );
  const shapes: Shape[] = [...grid(xs, ys), ...names(x, y)];
  for (const { points, tone, look } of series) {
    const shown = points.filter(([px, py]) => xs.holds(px) && ys.holds(py));
    const place = ([px, py]: readonly [number, number]) => `${rounded(xs.at(px))} ${rounded(ys.at(py))}`;
    const d = shown.map((point, index) => {
      const before = shown[index - 1];
      if (look === 'line' || !before) return `${index === 0 ? 'M' : 'L'}${place(point)}`;
      return `L${place([point[0], before[1]])}L${place(point)}`;
    });
    if (d.length > 0) shapes.push({ shape: 'path', d: d.join(''), tone, width: 2 });
  }
  for (const [index, mark] of marks.filter(({ x: value }) => xs.holds(value)).entries()) {
    const px = xs.at(mark.x);
    shapes.push(
      { shape: 'path', d: `M${rounded(px)} ${at.top}V${at.height - at.bottom}`, tone: mark.tone, dashed: true },
      {
        shape: 'text',
        x: Math.min(px + 4, at.width - textWidth(mark.label, 11)),
        // One below the other: marks may stand close together.
        y: at.top + 11 + 14 * index,
        text: mark.label,
        size: 11,
        anchor: 'start',
        tone: mark.tone,
      },
    );
  }
  return { width: at.width, height: at.height, shapes: [...shapes, ...legend(series)] };
}

interface Scale {
  at(value: number): number;
  holds(value: number): boolean;
  ticks: { value: number; label: string }[];
}

function scale({ logarithmic }: Axis, values: readonly number[], from: number, to: number, fromZero = false): Scale {
  const right = values.filter((value) => Number.isFinite(value) && (!logarithmic || value > 0));
  const put = (value: number) => (logarithmic ? Math.log10(value) : value);
  const low = right.length === 0 ? 0 : put(right.reduce((least, value) => Math.min(least, value)));
  const most = right.length === 0 ? 1 : put(right.reduce((most, value) => Math.max(most, value)));
  const first = fromZero && !logarithmic ? Math.min(0, low) : low;
  // An axis from zero ends at a round number as well.
  const high = fromZero && !logarithmic ? Math.ceil(most / roundStep(first, most) - 1e-9) * roundStep(first, most) : most;
  const span = high - first || 1;
  const marks = logarithmic
    ? Array.from({ length: Math.floor(high + 1e-9) - Math.ceil(first - 1e-9) + 1 }, (_, index) => 10 ** (Math.ceil(first - 1e-9) + index))
    : roundSteps(first, high);
  return {
    at: (value) => from + ((put(value) - first) / span) * (to - from),
    holds: (value) => Number.isFinite(value) && (!logarithmic || value > 0),
    ticks: marks.map((value) => ({ value, label: numberText(value) })),
  };
}

/** About five steps of 1, 2 or 5 times a power of ten. */
function roundSteps(low: number, high: number): number[] {
  const step = roundStep(low, high);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.max(1, Math.floor(high / step + 1e-9) - first + 1) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

function roundStep(low: number, high: number): number {
  const raw = (high - low || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5, 10].find((times) => raw <= times * power * (1 + 1e-9)) ?? 10);
}

const numberText = (value: number) =>
  value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3) ? value.toExponential(0) : value.toLocaleString('en', { maximumFractionDigits: 3 });

const grid = (xs: Scale, ys: Scale): Shape[] => [
  ...xs.ticks.flatMap(({ value, label }): Shape[] => [
    { shape: 'path', d: `M${rounded(xs.at(value))} ${at.top}V${at.height - at.bottom}`, tone: 'quiet', width: 0.3 },
    { shape: 'text', x: xs.at(value), y: at.height - at.bottom + 16, text: label, size: 11, anchor: 'middle', tone: 'quiet' },
  ]),
  ...ys.ticks.flatMap(({ value, label }): Shape[] => [
    { shape: 'path', d: `M${at.left} ${rounded(ys.at(value))}H${at.width - at.right}`, tone: 'quiet', width: 0.3 },
    { shape: 'text', x: at.left - 6, y: ys.at(value) + 4, text: label, size: 11, anchor: 'end', tone: 'quiet' },
  ]),
];

/** With its unit: `Time (s)`. */
export const axisTitle = ({ label, unit }: Axis): string => (unit ? `${label} (${unit})` : label);
const names = (x: Axis, y: Axis): Shape[] => [
  { shape: 'text', x: (at.left + at.width) / 2, y: at.height - 8, text: axisTitle(x), size: 12, anchor: 'middle', tone: 'plain' },
  { shape: 'text', x: 4, y: 14, text: axisTitle(y), size: 12, anchor: 'start', tone: 'plain' },
];

function legend(series: Extract<Picture, { kind: 'lines' }>['series']): Shape[] {
  let x = at.width - at.right;
  return [...series].reverse().flatMap(({ label, tone }): Shape[] => {
    x -= textWidth(label, 11) + 34;
    return [
      { shape: 'path', d: `M${rounded(x)} 10H${rounded(x + 14)}`, tone, width: 2 },
      { shape: 'text', x: x + 18, y: 14, text: label, size: 11, anchor: 'start', tone: 'plain' },
    ];
  });
}
