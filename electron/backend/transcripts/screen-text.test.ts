import { describe, expect, it } from 'vitest';
import { ScreenText } from './screen-text.ts';

async function linesOf(data: string, size = { cols: 20, rows: 5 }): Promise<string[]> {
  const lines: string[] = [];
  const screen = new ScreenText(size, (line) => lines.push(line));
  await screen.write(data);
  screen.end();
  return lines;
}

describe('ScreenText', () => {
  it('resolves cursor movement and overwriting', async () => {
    expect(await linesOf('wrong\r\x1b[Kright\r\nab\x1b[2Dxy\r\n')).toEqual(['right', 'xy']);
  });
  it('joins wrapped lines', async () => {
    expect(await linesOf(`${'0123456789'.repeat(5)}\r\nnext`)).toEqual(['0123456789'.repeat(5), 'next']);
  });
  it('gives every line once, also of output much longer than the scrollback', async () => {
    const wanted = Array.from({ length: 60_000 }, (_, line) => `line ${line}`);
    expect(await linesOf(`${wanted.join('\r\n')}\r\n`)).toEqual(wanted);
  });
});
