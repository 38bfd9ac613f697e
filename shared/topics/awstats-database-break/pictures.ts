/** How many history files there are of one year. */
import type { PictureText } from '../../topic-kit/index.ts';
import { filesAYear } from './room.ts';

export function pictures(_: unknown, { facts }: { facts: Readonly<Record<string, string>> }): PictureText[] {
  return [
    {
      kind: 'bars',
      id: 'files',
      title: 'History files a year, for each configuration',
      caption: `AWStats keeps a file for each month, day or hour. By default only those of months are made.${facts.need ? ` Measured here: a year needs at least ${facts.need}.` : ''}`,
      unit: 'files',
      groups: [
        { label: 'Monthly', bars: [{ label: 'made by default', value: filesAYear.month, tone: 'good' }] },
        { label: 'Daily', bars: [{ label: 'with -databasebreak=day', value: filesAYear.day, tone: 'warning' }] },
        { label: 'Hourly', bars: [{ label: 'with -databasebreak=hour, at most', value: filesAYear.hour, tone: 'bad' }] },
      ],
    },
  ];
}
