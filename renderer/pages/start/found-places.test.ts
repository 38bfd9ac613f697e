import { expect, it } from 'vitest';
import type { RunPlace } from '../../../shared/api/topic.ts';
import { foundPlaces, mostShown } from './found-places.ts';

const places = new Map<string, RunPlace>(
  Array.from({ length: 300 }, (_, index) => [
    `book:t${index}`,
    {
      target: { kind: 'book', id: `t${index}` },
      title: `Web ${index}`,
      place: `admin@10.0.0.${index}`,
      group: index < 200 ? 'Rack 1' : 'Rack 2',
      tags: index === 250 ? ['mail'] : [],
      facts: null,
      disabledBecause: null,
    },
  ]),
);
places.set('lab', { target: { kind: 'lab' }, title: 'Rehearsal', place: 'the lab', group: '', tags: [], facts: null, disabledBecause: null });
const item = (value: string) => ({ value, label: places.get(value)?.title ?? '' });
const values = [...places.keys()];
const options = [
  { group: 'Rack 1', items: values.slice(0, 200).map(item) },
  { group: 'Rack 2', items: values.slice(200, 300).map(item) },
  { group: 'In the lab', items: [item('lab')] },
];
const find = (text: string) => foundPlaces(options, text, (value) => places.get(value)).flatMap((each) => ('group' in each ? each.items : []));
const ids = (text: string) => find(text).map((each) => (typeof each === 'string' ? each : each.value));

it('shows so many that they can be read, the lab with them, and says how many are left', () => {
  expect(ids('')).toHaveLength(mostShown + 2);
  expect(ids('')).toContain('lab');
  expect(find('').at(-2)).toMatchObject({ label: expect.stringContaining('240 more'), disabled: true });
});

it.each([
  ['web 299', ['book:t299']],
  ['10.0.0.123', ['book:t123']],
  ['#mail', ['book:t250']],
  ['rack 2 web 201', ['book:t201']],
  ['reh', ['lab']],
  ['nowhere', []],
])('finds by %j', (text, found) => expect(ids(text)).toEqual(found));
