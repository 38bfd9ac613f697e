import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { expect, it } from 'vitest';
import { unifiedLines } from './unified-lines.ts';

const shown = (old: string, wanted: string) =>
  unifiedLines(createTwoFilesPatch('f', 'f', old, wanted, undefined, undefined, { context: 1, headerOptions: FILE_HEADERS_ONLY })).map((line) =>
    line.side === 'folded' ? `…${line.count}` : `${{ both: ' ', left: '-', right: '+', note: '#', file: '=' }[line.side]}${line.text}`,
  );
const numbered = Array.from({ length: 9 }, (_, index) => `${index + 1}\n`);

it('says how many lines lie between what differs', () =>
  expect(shown(numbered.join(''), numbered.map((line) => (line === '3\n' || line === '8\n' ? `-${line}` : line)).join(''))).toEqual([
    ...['…1', ' 2', '-3', '+-3', ' 4'],
    ...['…2', ' 7', '-8', '+-8', ' 9'],
  ]));
it('shows a new file', () => expect(shown('', 'a\n--- b\n')).toEqual(['+a', '+--- b']));
it('says that a last line has no end', () => expect(shown('a', 'a\n')).toEqual(['-a', '#No newline at end of file', '+a']));
it('names each of several files, and takes no removed line for a name', () => {
  const patch = (name: string, old: string, wanted: string) =>
    createTwoFilesPatch(name, name, old, wanted, undefined, undefined, { context: 1, headerOptions: FILE_HEADERS_ONLY }).trimEnd();
  const diff = [patch('/a', '-- /x\n++ /y\nsame\n', 'same\n'), patch('/b', '1\n2\n3', '1\n2\n4')].join('\n');
  const lines = unifiedLines(diff).map((line) => (line.side === 'folded' ? `…${line.count}` : `${line.side} ${line.text}`));
  const note = 'note No newline at end of file';
  expect(lines).toEqual([...['file /a', 'left -- /x', 'left ++ /y', 'both same'], ...['file /b', '…1', 'both 2', 'left 3', note, 'right 4', note]]);
});
it('is nothing of nothing', () => expect(unifiedLines('')).toEqual([]));
