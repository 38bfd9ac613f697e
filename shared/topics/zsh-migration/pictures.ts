/** Which line of bash goes where. */
import type { PictureText, PictureTone } from '../../topic-kit/index.ts';
import type { Moved } from './move-to-zsh.ts';
import type { Parameters } from './parameters.ts';
import { zshFiles } from './zsh-files.ts';

const tones: Readonly<Record<Moved['kind'], PictureTone>> = { same: 'good', changed: 'accent', 'left-out': 'quiet', 'by-hand': 'warning' };
const words: Readonly<Record<Moved['kind'], string>> = { same: 'as it is', changed: 'changed', 'left-out': 'left out', 'by-hand': 'for you to do' };

export function pictures(values: Parameters): PictureText[] {
  const moved = zshFiles(values).moved.filter(({ lines }) => lines.some((line) => !/^\s*(?:#.*)?$/.test(line)));
  const count = (kind: Moved['kind']) => moved.filter((one) => one.kind === kind).length;
  const shelf = (label: string, of: readonly Moved[]) => ({
    label,
    items: of
      .slice(0, 40)
      .map(({ lines, kind }) => ({ label: (lines.find((line) => line.trim() !== '') ?? '').trim().slice(0, 48), text: words[kind], tone: tones[kind] })),
  });
  return [
    {
      kind: 'shelves',
      id: 'lines',
      title: 'What becomes of bash’s lines',
      caption: `${count('same')} stay as they are, ${count('changed')} change, ${count('left-out')} are left out, ${count('by-hand')} are for you to do.`,
      shelves: [
        shelf(
          '.zprofile',
          moved.filter(({ into, kind }) => into === 'zprofile' && kind !== 'left-out'),
        ),
        shelf(
          '.zshrc',
          moved.filter(({ into, kind }) => into === 'zshrc' && kind !== 'left-out'),
        ),
        shelf(
          'left out',
          moved.filter(({ kind }) => kind === 'left-out'),
        ),
      ].filter(({ items }) => items.length > 0),
    },
  ];
}
