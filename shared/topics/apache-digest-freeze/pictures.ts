/** The scoreboard over time, before and after: a row for each look, a cell for each child. */
import type { PictureText } from '../../topic-kit/index.ts';

const legend = [
  { letter: 'C', label: 'closing a connection', tone: 'bad' },
  { letter: '_', label: 'waiting for one', tone: 'good' },
  { letter: 'W', label: 'sending a reply', tone: 'accent' },
  { letter: 'R', label: 'reading a request', tone: 'accent' },
  { letter: 'K', label: 'kept alive', tone: 'plain' },
  { letter: 'S', label: 'starting', tone: 'plain' },
  { letter: 'D', label: 'asking DNS', tone: 'plain' },
  { letter: 'L', label: 'logging', tone: 'plain' },
  { letter: 'G', label: 'ending gracefully', tone: 'warning' },
  { letter: 'I', label: 'being cleaned up', tone: 'quiet' },
  { letter: '.', label: 'no process', tone: 'quiet' },
] as const;

const example = { before: ['CCCCCCCC_W', 'CCCCCCCCC_W_', 'CCCCCCCCCCCW_'], after: ['__W_K', '_W___', '___W_'] };
/** Children that a picture shows of each look. */
const widest = 200;

export function pictures(_: unknown, { facts }: { facts: Readonly<Record<string, string>> }): PictureText[] {
  const measured = (when: 'before' | 'after') => (facts[`boards-${when}`] ?? '').split(' ').filter(Boolean);
  const real = { before: measured('before'), after: measured('after') };
  const drawn = real.before.length > 0 ? real : example;
  const rows = (['before', 'after'] as const).flatMap((when) =>
    drawn[when].map((cells, index) => ({ label: `${when}, look ${index + 1}`, cells: cells.slice(0, widest) })),
  );
  const shown = legend.filter(({ letter }) => rows.some(({ cells }) => cells.includes(letter)));
  const words = (['before', 'after'] as const).flatMap((when) => {
    const last = drawn[when].at(-1);
    return last === undefined ? [] : [`${when}: ${count(last, 'C')} of ${last.replaceAll('.', '').length} children are closing`];
  });
  return [
    {
      kind: 'cells',
      id: 'scoreboard',
      title: real.before.length > 0 ? 'What Apache’s children do' : 'What Apache’s children do: an example',
      caption: `${words.join('; ')}.`,
      rows,
      legend: [...shown],
    },
  ];
}

const count = (text: string, letter: string) => text.split(letter).length - 1;
