import { Terminal as HeadlessTerminal } from '@xterm/headless';
import type { Terminal } from '@xterm/xterm';
import { afterEach, expect, it } from 'vitest';
import { mostLines, NewLines, type ToldLines } from './new-lines.ts';

let terminal: HeadlessTerminal;
let lines: NewLines;
let told: ToldLines[] = [];
const begin = () => {
  told = [];
  terminal = new HeadlessTerminal({ cols: 20, rows: 6, scrollback: 50, allowProposedApi: true });
  lines = new NewLines(terminal as unknown as Terminal, (each) => told.push(each));
};
const write = async (text: string) => {
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  lines.look();
};
afterEach(() => {
  lines.dispose();
  terminal.dispose();
});

it('tells each line once, when it is finished, and wrapped ones as one', async () => {
  begin();
  await write('old\r\n');
  lines.start();
  await write('one\r\n\r\ntw');
  await write('o\r\n');
  await write(`${'x'.repeat(30)}\r\n`);
  expect(told).toEqual([
    { lines: ['one'], skipped: 0 },
    { lines: ['two'], skipped: 0 },
    { lines: ['x'.repeat(30)], skipped: 0 },
  ]);
});

it('tells nothing that is shown again, and goes on after it', async () => {
  begin();
  lines.start();
  lines.rest();
  await write('\x1bcbefore\r\n');
  lines.start();
  await write('after\r\n');
  expect(told).toEqual([{ lines: ['after'], skipped: 0 }]);
});

it('cuts a flood to its end, and says how much is left out', async () => {
  begin();
  lines.start();
  await write(Array.from({ length: 40 }, (_, index) => `line ${index}\r\n`).join(''));
  expect(told).toHaveLength(1);
  expect(told[0]?.lines).toHaveLength(mostLines);
  expect(told[0]?.lines.at(-1)).toBe('line 39');
  expect(told[0]?.skipped).toBe(40 - mostLines);
  await write('and on\r\n');
  expect(told[1]).toEqual({ lines: ['and on'], skipped: 0 });
});

it('is silent while a program has the screen to itself', async () => {
  begin();
  lines.start();
  await write('\x1b[?1049hmenu\r\nitem\r\n');
  await write('\x1b[?1049lback\r\n');
  expect(told).toEqual([{ lines: ['back'], skipped: 0 }]);
});
