/** The race between the toolstack and the wrapper, second by second. */
import type { PictureText } from '../../topic-kit/index.ts';
import { domainsOf } from './looks.ts';
import type { Parameters } from './parameters.ts';

/** When the toolstack makes the nodes late, in seconds after the device model's start: of several starts, the slow one. */
const late = 4;
const seconds = 20;

export function pictures(values: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const wrapped = done.has('wrap');
  const { delay } = values;
  const span = Math.max(seconds, delay + 6);
  const row = (of: (second: number) => string) => Array.from({ length: span }, (_, second) => of(second)).join('');
  const there = (second: number) => second >= late && !(wrapped && second >= delay);
  const free = wrapped ? `after ${delay} s the wrapper takes it out, and Windows continues` : 'nobody takes it out, and Windows waits for ever';
  return [
    {
      kind: 'cells',
      id: 'race',
      title: 'Who is first',
      caption: `One second a cell, from the start of the device model. The toolstack makes the console’s node after ${late} s here; ${free}. ${domainsOf(values).length} domains.`,
      rows: [
        { label: 'Toolstack', cells: row((second) => (second === late ? 'M' : '.')) },
        { label: 'Wrapper', cells: row((second) => (wrapped && (second === 0 || second === delay) ? 'T' : '.')) },
        { label: 'Console’s node', cells: row((second) => (there(second) ? 'N' : '.')) },
        { label: 'Windows', cells: row((second) => (second < late + 2 ? 'B' : there(second) ? 'W' : wrapped && second >= delay ? 'R' : 'B')) },
      ],
      legend: [
        { letter: 'M', label: 'makes the nodes', tone: 'accent' },
        { letter: 'T', label: 'takes them out', tone: 'accent' },
        { letter: 'N', label: 'is there', tone: 'warning' },
        { letter: 'B', label: 'starts', tone: 'plain' },
        { letter: 'W', label: 'waits for the console', tone: 'bad' },
        { letter: 'R', label: 'runs', tone: 'good' },
        { letter: '.', label: 'nothing', tone: 'quiet' },
      ],
    },
  ];
}
