/** Which initiators each target is to know. */
import type { PictureText } from '../../topic-kit/index.ts';
import { namesIn } from './iqn.ts';
import type { Parameters } from './parameters.ts';
import { parseWanted } from './wanted.ts';

export function pictures({ wanted: text }: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const wanted = parseWanted(text);
  const targets = [...new Set(wanted.map(({ target }) => target))].slice(0, 12);
  const isBack = done.has('put-back');
  return [
    {
      kind: 'shelves',
      id: 'targets',
      title: isBack ? 'Initiators of each target' : 'Initiators that each target is to know',
      caption: isBack
        ? 'These lines are in the file. The box may remove them again.'
        : `${wanted.length} lines for ${targets.length} targets are on your list.`,
      shelves: targets.map((target) => ({
        label: target,
        items: wanted
          .filter((one) => one.target === target)
          .map(({ line }) => ({ label: namesIn(line)[0] ?? line, text: isBack ? 'in the file' : 'wanted', tone: isBack ? 'good' : 'plain' })),
      })),
    },
  ];
}
