/** The drives of the table, year by year. */
import type { PictureText } from '../../topic-kit/index.ts';
import { type Parameters, rowsOf } from './parameters.ts';

export function pictures(values: Parameters): PictureText[] {
  const rows = rowsOf(values);
  const years = [...new Set(rows.map(({ when }) => when.slice(0, 4)))];
  return [
    {
      kind: 'shelves',
      id: 'table',
      title: 'Drives by year',
      caption:
        rows.length === 0
          ? 'No drive fits the filter.'
          : `${rows.length} drives of the source, by the year of their entry. Green: Opal and IEEE-1667. Yellow: Opal only, or only promised. Red: no Opal.`,
      shelves: years.map((year) => ({
        label: year,
        items: rows
          .filter(({ when }) => when.startsWith(year))
          .map(({ drive, opal, ieee1667, claim, when }) => ({
            label: drive,
            text: `${when}: Opal ${opal}, IEEE-1667 ${ieee1667 || '?'}${claim === 'on the market' ? '' : `, ${claim}`}`,
            tone: opal === 'no' ? ('bad' as const) : ieee1667 === 'yes' && claim !== 'promised' ? ('good' as const) : ('warning' as const),
          })),
      })),
    },
  ];
}
