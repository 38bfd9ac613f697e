/** Which places the choice "Where" shows for what was typed. Hundreds of targets would be slow to draw and slower to read. */
import type { ComboboxItem, ComboboxParsedItem } from '@mantine/core';
import type { RunPlace } from '../../../shared/api/topic.ts';

export const mostShown = 60;

/** Every word has to be in the name, the address, the group or a tag. The lab comes last and is never cut off. */
export function foundPlaces(options: readonly ComboboxParsedItem[], search: string, placeOf: (value: string) => RunPlace | undefined): ComboboxParsedItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ value, label }: ComboboxItem) => {
    const place = placeOf(value);
    const text = [label, place?.place, place?.group, ...(place?.tags ?? []).map((tag) => `#${tag}`)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const groups = options.flatMap((option) =>
    'group' in option ? [{ group: option.group, items: option.items.filter((item): item is ComboboxItem => typeof item !== 'string' && fits(item)) }] : [],
  );
  const isLab = ({ items }: { items: readonly ComboboxItem[] }) => items.some(({ value }) => placeOf(value)?.target.kind === 'lab');
  const real = groups.filter((group) => !isLab(group));
  const left = real.reduce((sum, { items }) => sum + items.length, 0) - mostShown;
  let room = mostShown;
  const shown = real.map(({ group, items }) => {
    const fitting = items.slice(0, room);
    room -= fitting.length;
    return { group, items: fitting };
  });
  return [...shown, ...(left > 0 ? [more(left)] : []), ...groups.filter(isLab)].filter(({ items }) => items.length > 0);
}

const more = (left: number) => ({
  group: '',
  items: [{ value: 'more', label: `${left} more: type a part of the name, address, group or tag.`, disabled: true }],
});
