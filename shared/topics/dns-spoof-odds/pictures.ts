/** The plot: the chance over time, and with measured times their histogram beside what the model expects of it. */
import { amountText, type PictureText, secondsText, type TimeUnit, timeUnit } from '../../topic-kit/index.ts';
import { type MeasuredTimes, medianOf } from './measured-times.ts';
import { chanceBy, type Odds, timeTo } from './odds.ts';

const points = 200;
const half = { label: '50 % by the model', tone: 'accent' as const };

export function pictures(odds: Odds, published: Odds, measured: MeasuredTimes | null): PictureText[] {
  const longest = measured?.times.at(-1) ?? 0;
  const span = Math.max(timeTo(odds, 0.99), longest * 1.02);
  const unit = timeUnit(span);
  return [chance(odds, published, measured, span, unit), ...(measured ? [histogram(odds, measured, span, unit)] : [])];
}

function chance(odds: Odds, published: Odds, measured: MeasuredTimes | null, span: number, { unit, seconds }: TimeUnit): PictureText {
  const curve = (of: Odds) => Array.from({ length: points + 1 }, (_, index) => (index / points) * span).map((t) => point(t / seconds, chanceBy(of, t) * 100));
  const median = timeTo(odds, 0.5);
  const closed = odds.cycle > odds.window;
  return {
    kind: 'lines',
    id: 'chance',
    title: 'Chance over time',
    caption: [
      `The chance that a forged answer was accepted rises to 50 % in ${secondsText(median)} and to 95 % in ${secondsText(timeTo(odds, 0.95))}.`,
      ...(measured ? [`Half of the ${amountText(measured.times.length)} measured attempts succeeded within ${secondsText(medianOf(measured.times))}.`] : []),
    ].join(' '),
    x: { label: 'Time', unit },
    y: { label: 'Chance', unit: '%' },
    series: [
      ...(closed ? [{ label: 'as published', points: curve(published), tone: 'quiet' as const }] : []),
      { label: closed ? 'with the closed time' : 'model', points: curve(odds) },
      ...(measured ? [{ label: 'measured', points: shareOver(measured.times, seconds), tone: 'warning' as const, look: 'steps' as const }] : []),
    ],
    marks: [{ ...half, x: median / seconds }, ...medianMark(measured, seconds)],
  };
}

/** The share that had succeeded by each time, in percent; a thousand steps are enough to look at. */
function shareOver(times: readonly number[], seconds: number): [number, number][] {
  const every = Math.ceil(times.length / 1000);
  const steps = times.flatMap((time, index) => ((index + 1) % every === 0 ? [point(time / seconds, ((index + 1) / times.length) * 100)] : []));
  return [[0, 0], ...steps, point((times.at(-1) ?? 0) / seconds, 100)];
}

function histogram(odds: Odds, { times }: MeasuredTimes, span: number, { unit, seconds }: TimeUnit): PictureText {
  const bins = Math.min(60, Math.max(5, Math.ceil(Math.sqrt(times.length))));
  const edge = (index: number) => (index / bins) * span;
  const counts = times.reduce(
    (sum, time) => {
      const bin = Math.min(bins - 1, Math.floor((time / span) * bins));
      sum[bin] = (sum[bin] ?? 0) + 1;
      return sum;
    },
    Array.from({ length: bins }, () => 0),
  );
  const shares = counts.map((count) => (count / times.length) * 100);
  return {
    kind: 'lines',
    id: 'histogram',
    title: 'Measured times',
    caption: `Shares of the ${amountText(times.length)} measured times in ${bins} equal stretches of ${secondsText(edge(1))}, beside the shares that the model expects there.`,
    x: { label: 'Time to success', unit },
    y: { label: 'Share of the attempts', unit: '%' },
    series: [
      {
        label: 'measured',
        points: [
          [0, 0],
          ...shares.map((share, index) => point(edge(index) / seconds, share)),
          point(span / seconds, shares.at(-1) ?? 0),
          point(span / seconds, 0),
        ],
        tone: 'warning',
        look: 'steps',
      },
      {
        label: 'model',
        points: shares.map((_, index) =>
          point((edge(index) + edge(index + 1)) / 2 / seconds, (chanceBy(odds, edge(index + 1)) - chanceBy(odds, edge(index))) * 100),
        ),
      },
    ],
    marks: [{ ...half, x: timeTo(odds, 0.5) / seconds }, ...medianMark({ times }, seconds)],
  };
}

const point = (x: number, y: number): [number, number] => [x, y];
const medianMark = (measured: MeasuredTimes | null, seconds: number) =>
  measured ? [{ x: medianOf(measured.times) / seconds, label: 'measured median', tone: 'warning' as const }] : [];
