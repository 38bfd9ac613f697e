import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { isPlain, passes, plainText } from './plain-output.ts';
import { type ScreenLimits, ScreenText } from './screen-text.ts';

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

describe('output that needs no emulator', () => {
  it.each([
    ['a\r\n\r\nb ', 'a\n\nb '],
    ['\x1b[1;31mred\x1b[0m \x1b[38:2::1:2:3mtoo\x1b[m\r\n', 'red too\n'],
    ['Lüfter → ±│█\r\n', 'Lüfter → ±│█\n'],
  ])('%j is %j', (output, text) => expect([isPlain(output), plainText(output)]).toEqual([true, text]));

  it.each(['a\rb', 'a\nb', 'a\tb', 'a\bb', '\x1b[K', '\x1b[>4;1m', '\x1b[31', '界', 'e\u0301', '\u00ad', '\u200b', '💥', '\x9b0m', '\x00'])(
    'is not %j',
    (output) => expect(isPlain(output)).toBe(false),
  );

  it.each([
    ['\r50 %\x1b[K\b\t', true],
    ['\x1b]0;title\x07\x1b]133;A\x1b\\\x1b[?25l\x1b[2J\x1b[H', true],
    ['\x1b[2;5r', false],
    ['\x1b[?1049h', false],
    ['\x1b[4h', false],
    ['\x1b(0', false],
    ['\x1b7', false],
    ['\x0e', false],
    ['\x1b[3b', false],
    ['\x1bc', false],
    ['\x1b[12', false],
  ])('%j passes: %s', (output, does) => expect(passes(output)).toBe(does));

  const shown = async (parts: readonly (string | { cols: number; rows: number })[], limits: ScreenLimits) => {
    const lines: string[] = [];
    const screen = new ScreenText({ cols: 20, rows: 5 }, (line) => lines.push(line), limits);
    for (const part of parts) {
      if (typeof part === 'string') await screen.write(part);
      else await screen.resize(part.cols, part.rows);
    }
    await screen.end();
    return lines;
  };
  const line = fc.string({ unit: fc.constantFrom('a', 'B', ' ', 'ü', '│', '\x1b[31m', '\x1b[0m'), maxLength: 50 }).map((text) => `${text}\r\n`);
  const lines = fc.tuple(fc.array(line, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 40 })).map(([some, times]) => some.join('').repeat(times));
  const controls = [
    ...['\r', '\n', '\t', '\b', '\x1b[K', '\x1b[1K', '\x1b[2K', '\x1b[J', '\x1b[2J', '\x1b[H', '\x1b[2J\x1b[H', '\x1b[3;4H', '\x1b[A', '\x1b[3A', '\x1b[2B'],
    ...[
      '\x1b[5C',
      '\x1b[2D',
      '\x1b[2P',
      '\x1b[3@',
      '\x1b[4h',
      '\x1b[4l',
      '\x1b[?7l',
      '\x1b[?7h',
      '\x1b[?1049h',
      '\x1b[?1049l',
      '\x1b(0',
      '\x1b(B',
      '\x1b7',
      '\x1b8',
    ],
    ...['\x1b[2b', '\x1b]0;a title\x07', '\x1b[?25l', '\x1b[31', '界', 'e\u0301', '💥', '\u200b', 'x', 'text', '\r\n'],
  ];
  /** They may take the first rows of a line away whose last one stays: what that shows depends on when it is looked. */
  const byRow = ['\x1b[2L', '\x1b[M', '\x1b[2S', '\x1b[T', '\x1b[2;4r', '\x1b[r', '\x1bM', '\x1bD', '\x1bE'];
  const size = (narrowest: number) => fc.record({ cols: fc.integer({ min: narrowest, max: 70 }), rows: fc.integer({ min: 1, max: 12 }) });
  it.each([
    ['lines that wrap', controls, 2],
    ['rows that are moved', [...controls, ...byRow], 60],
  ])('is shown as the emulator shows it, whatever comes before and after: %s', async (_, some, narrowest) => {
    let long = 0;
    const part = fc.oneof({ weight: 6, arbitrary: lines }, { weight: 4, arbitrary: fc.constantFrom(...some) }, { weight: 1, arbitrary: size(narrowest) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 24 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 80 }),
        async (parts, gathering, piece) => {
          const all = [{ cols: narrowest === 2 ? 20 : 70, rows: 5 }, ...parts];
          const whole = await shown(all, { gathering, piece, keptRows: Number.POSITIVE_INFINITY });
          expect(await shown(all, { gathering, piece, keptRows: 12 })).toEqual(whole);
          if (parts.some((each) => typeof each === 'string' && each.length > 600)) long++;
        },
      ),
      { numRuns: rounds({ test: 200, soak: 1_000 }) },
    );
    expect(long).toBeGreaterThan(50);
  });

  it('is the same where the emulator puts a blank behind a word when the window is made wider', async () => {
    // Found by the property above, once in five thousand.
    const parts = [{ cols: 20, rows: 5 }, { cols: 2, rows: 1 }, 'aaaaa\r\n', '\r\naaa\r\n'.repeat(36), { cols: 5, rows: 1 }, 'text'];
    const whole = await shown(parts, { gathering: 1, piece: 1, keptRows: Number.POSITIVE_INFINITY });
    expect(whole.at(-1)).toBe('text');
    expect(await shown(parts, { gathering: 1, piece: 1, keptRows: 12 })).toEqual(whole);
  });

  it('is given once where a higher page, which took lines in again, goes on by one and is cleared at once', async () => {
    // Found by the property above, once in some thousands.
    for (const keptRows of [12, Number.POSITIVE_INFINITY])
      expect(await shown(['\r\n'.repeat(6), { cols: 70, rows: 7 }, '\r\n\x1b[2J'], { gathering: 1, piece: 1, keptRows })).toEqual(['', '']);
  });

  it('is given once where a higher page takes lines in again and is cleared', async () => {
    const wanted = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    for (const keptRows of [12, Number.POSITIVE_INFINITY])
      expect(await shown([`${wanted.join('\r\n')}\r\n`, { cols: 20, rows: 12 }, '\x1b[2J\x1b[H', 'end'], { gathering: 100, piece: 50, keptRows })).toEqual([
        ...wanted.slice(0, 96),
        'end',
      ]);
  });

  it('is given once where the window is made wider and narrower', async () => {
    const wanted = Array.from({ length: 400 }, (_, index) => `line ${index} ${'of many words '.repeat(index % 7)}.`);
    const parts = wanted.flatMap((text, index) => [`${text}\r\n`, ...(index % 9 === 0 ? [{ cols: 10 + ((index * 7) % 60), rows: 5 + (index % 6) }] : [])]);
    for (const keptRows of [12, Number.POSITIVE_INFINITY]) expect(await shown(parts, { gathering: 100, piece: 50, keptRows })).toEqual(wanted);
  });
});
