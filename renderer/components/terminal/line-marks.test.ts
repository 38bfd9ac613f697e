import type { Terminal } from '@xterm/xterm';
import { expect, it } from 'vitest';
import { LineMarks } from './line-marks.ts';

/** A terminal of lines; the cursor stands after the last one. */
function fake() {
  const lines: string[] = [];
  const marked: number[] = [];
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
    registerMarker: (offset: number) => ({ line: lines.length + offset }),
    registerDecoration: ({ marker }: { marker: { line: number } }) => {
      marked.push(marker.line);
      return { onRender: () => {}, dispose: () => {} };
    },
  };
  return { lines, marked, marks: new LineMarks(terminal as unknown as Terminal) };
}
const mark = { line: '  ERROR: refused', color: '#e03b3b', title: 'failure' };

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
