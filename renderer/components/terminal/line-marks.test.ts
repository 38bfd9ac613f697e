import type { Terminal } from '@xterm/xterm';
import { expect, it } from 'vitest';
import { LineMarks } from './line-marks.ts';

/** A terminal of lines; the cursor stands after the last one. */
function fake() {
  const lines: string[] = [];
  const marked: number[] = [];
  const worded: number[] = [];
  const terminal = {
    cols: 80,
    buffer: {
      active: {
        baseY: 0,
        get cursorY() {
          return lines.length;
        },
        getLine: (y: number) => (lines[y] === undefined ? undefined : { translateToString: () => lines[y] }),
      },
    },
    registerMarker: (offset: number) => ({ line: lines.length + offset, isDisposed: false }),
    registerDecoration: ({ marker, anchor }: { marker: { line: number }; anchor?: string }) => {
      if (anchor === 'right') worded.push(marker.line);
      else marked.push(marker.line);
      return { onRender: () => {}, dispose: () => {} };
    },
  };
  return { lines, marked, worded, marks: new LineMarks(terminal as unknown as Terminal) };
}
const mark = { id: 'step refused', line: '  ERROR: refused', sign: '✖', word: 'failure', color: '#e03b3b', ink: 'red', title: 'failure' };

it('marks a line where it was last printed, once', () => {
  const { lines, marked, marks } = fake();
  lines.push('ERROR: refused', 'something', '   ERROR: refused', 'end');
  marks.want([mark]);
  expect(marks.look()).toBe(false);
  expect(marks.look()).toBe(false);
  expect(marked).toEqual([2]);
});

it('finds a line that is printed after its verdict', () => {
  const { lines, marked, marks } = fake();
  marks.want([mark]);
  expect(marks.look()).toBe(true);
  lines.push('ERROR: refused');
  expect(marks.look()).toBe(false);
  expect(marked).toEqual([0]);
});

it('gives up on a line that never comes', () => {
  const { marks } = fake();
  marks.want([mark]);
  const answers = Array.from({ length: 8 }, () => marks.look());
  expect(answers.at(0)).toBe(true);
  expect(answers.at(-1)).toBe(false);
});

it('marks again what a new session shows', () => {
  const { lines, marked, marks } = fake();
  lines.push('ERROR: refused');
  marks.want([mark]);
  marks.look();
  marks.clear();
  marks.look();
  expect(marked).toEqual([0, 0]);
});

it('knows where the line of a verdict is', () => {
  const { lines, marks } = fake();
  lines.push('something', 'ERROR: refused');
  marks.want([mark]);
  expect(marks.lineOf(mark.id)).toBeNull();
  marks.look();
  expect(marks.lineOf(mark.id)).toBe(1);
});

it('puts the word at the end of a line that leaves room for it, and covers no text', () => {
  const { lines, marked, worded, marks } = fake();
  const long = 'x'.repeat(75);
  lines.push('ERROR: refused', long);
  marks.want([mark, { ...mark, id: 'long', line: long }]);
  marks.look();
  expect(marked).toEqual([0, 1]);
  expect(worded).toEqual([0]);
});
