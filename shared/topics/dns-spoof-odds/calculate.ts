/** The numbers in words: chance and times, what was measured, and what a resolver's defences change. */
import { amountText, type CalculatedResult, type CalculationText, percentText, secondsText } from '../../topic-kit/index.ts';
import { type MeasuredTimes, medianOf } from './measured-times.ts';
import { type Odds, oddsOf, timeTo, windowsTo } from './odds.ts';
import type { Parameters } from './parameters.ts';
import { pictures } from './pictures.ts';

export function calculate(parameters: Parameters, measured: MeasuredTimes | null): CalculationText {
  const odds = oddsOf(parameters);
  const published = oddsOf({ ...parameters, Wc: 0 });
  return {
    results: [...modelled(parameters, odds, published), ...(measured ? compared(odds, measured) : [])],
    tables: [defences(parameters)],
    pictures: pictures(odds, published, measured),
    warnings: warnings(parameters, odds, measured),
  };
}

const seconds = (id: string, label: string, value: number, how: string): CalculatedResult => ({ id, label, value, unit: 's', text: secondsText(value), how });

function modelled({ D, R, W, N, P, I, Wc, letters }: Parameters, odds: Odds, published: Odds): CalculatedResult[] {
  const product = (...factors: number[]) => factors.map((factor) => amountText(factor)).join(' × ');
  const guessed = `${product(N, P, I)}${letters > 0 ? ` × 2^${letters}` : ''}`;
  const windows = windowsTo(odds, 0.5);
  const whole = Math.ceil(windows);
  const sure = odds.perWindow >= 1;
  return [
    seconds(
      'median',
      'Time to a chance of 50 %',
      timeTo(odds, 0.5),
      sure
        ? 'Every window succeeds: half of the window W.'
        : `(W + Wc) × ln 0.5 / ln (1 − Ps) = ${amountText(W + Wc)} s × ${amountText(windows)} windows. Counted in whole windows it is number ${amountText(whole)}, which ends after ${secondsText(whole * odds.cycle)}.`,
    ),
    ...(Wc > 0
      ? [
          seconds(
            'median-published',
            'The same without the closed time',
            timeTo(published, 0.5),
            sure
              ? 'Every window succeeds: half of the window W.'
              : `W × ln 0.5 / ln (1 − Ps): the formula as it was published, with windows that follow each other at once.`,
          ),
        ]
      : []),
    {
      id: 'per-window',
      label: 'Chance in one window (Ps)',
      value: odds.perWindow,
      unit: '',
      text: percentText(odds.perWindow),
      how: `D × R × W / (N × P × I${letters > 0 ? ' × 2^letters' : ''}) = ${product(D, R, W)} / (${guessed})${sure && odds.formula > 1 ? ', taken as 100 %' : ''}.`,
    },
    seconds('early', 'One attempt in twenty is faster than', timeTo(odds, 0.05), 'The time to a chance of 5 %.'),
    seconds('late', 'One attempt in twenty is slower than', timeTo(odds, 0.95), 'The time to a chance of 95 %.'),
  ];
}

function compared(odds: Odds, { times }: MeasuredTimes): CalculatedResult[] {
  const median = medianOf(times);
  const model = timeTo(odds, 0.5);
  const difference = (model - median) / median;
  return [
    seconds('measured-median', 'Measured median', median, `Of ${amountText(times.length)} measured ${times.length === 1 ? 'time' : 'times'}.`),
    {
      id: 'difference',
      label: 'The model against the measurement',
      value: difference,
      unit: '',
      text: median > 0 ? `${difference < 0 ? '−' : '+'}${percentText(Math.abs(difference), 2)}` : 'not known',
      how: `(${secondsText(model)} − ${secondsText(median)}) / ${secondsText(median)}.`,
    },
  ].filter(({ value }) => Number.isFinite(value));
}

/** All else as it is set. */
function defences(set: Parameters) {
  const letters = Math.max(set.letters, 10);
  const rows: [string, Parameters][] = [
    ['As set', set],
    ['One fixed port, no 0x20', { ...set, P: 1, letters: 0 }],
    ['Random ports (64,000)', { ...set, P: 64_000, letters: 0 }],
    ['Random ports, three authoritative servers', { ...set, P: 64_000, letters: 0, N: 3 }],
    [`Random ports, 0x20 on ${letters} letters`, { ...set, P: 64_000, letters }],
  ];
  return {
    id: 'defences',
    title: 'What a resolver’s defences change',
    heads: ['Defence', 'Combinations to guess', 'Chance in one window', 'Time to 50\u00a0%'],
    rows: rows.map(([defence, parameters]) => {
      const odds = oddsOf(parameters);
      return [defence, amountText(odds.combinations), percentText(odds.perWindow), secondsText(timeTo(odds, 0.5))];
    }),
  };
}

const few = 30;
function warnings({ R, W, P }: Parameters, odds: Odds, measured: MeasuredTimes | null): string[] {
  return [
    ...(odds.formula > 1
      ? ['More forged answers come in one window than there are combinations. The formula gives more than 100 % there; it is taken as 100 %.']
      : []),
    ...(R * W < 1 ? ['On average less than one forged answer comes in a window: the chance is then that of a window in which one comes.'] : []),
    ...(P < 1000 && P > 1 ? ['So few ports are a sign that a firewall or NAT in front of the resolver chooses them, not the resolver.'] : []),
    ...(P === 1
      ? ['One port is what resolvers had until 2008. Today it is a mistake: a fixed query-source port, or a NAT that takes the randomness away.']
      : []),
    ...(measured && measured.times.length < few ? [`${measured.times.length} measured times are few: their median may be far from the true one.`] : []),
  ];
}
