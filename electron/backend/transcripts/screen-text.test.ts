import { describe, expect, it } from 'vitest';
import { ScreenText } from './screen-text.ts';

async function linesOf(data: string, size = { cols: 20, rows: 5 }): Promise<string[]> {
  const lines: string[] = [];
  const screen = new ScreenText(size, (line) => lines.push(line));
  await screen.write(data);
  await screen.end();
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
  it('gives a line once also where the screen is cleared again and again', async () => {
    const wanted = Array.from({ length: 2_000 }, (_, line) => `line ${line}`);
    const repainted = '\x1b[2J\x1b[Htop\x1b[K'.repeat(1_000);
    const lines = await linesOf(`${wanted.join('\r\n')}\r\n${repainted}\r\nend`);
    expect(lines).toEqual([...wanted.slice(0, -4), 'top', 'end']);
  });
  it.each(['\x1b[?1049l', ''])('keeps what a full-screen program (left with %j) was started over, and nothing of it', async (left) => {
    const wanted = Array.from({ length: 2_000 }, (_, line) => `line ${line}`);
    const program = `\x1b[?1049h\x1b[2J\x1b[H${'busy\r\n'.repeat(3_000)}${left}`;
    expect(await linesOf(`${wanted.join('\r\n')}\r\n${program}`)).toEqual(wanted);
  });
  it('breaks a line without end, and loses nothing of it', async () => {
    const endless = 'abcdefghij'.repeat(250_000);
    const lines = await linesOf(endless);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe(endless);
  });
  it('shows many small writes as one', async () => {
    const lines: string[] = [];
    const screen = new ScreenText({ cols: 20, rows: 5 }, (line) => lines.push(line));
    for (const character of 'ab\r\ncd\x1b[1Dx') await screen.write(character);
    await screen.resize(40, 5);
    await screen.write('yz');
    await screen.end();
    expect(lines).toEqual(['ab', 'cxyz']);
  });
});
