import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { ConptyOutput } from './conpty-output.ts';
import { conptyExtras, conptyStart, cutAnywhere } from './conpty-stream.test-kit.ts';
import { MarkerParser, type ParsedPiece } from './marker-parser.ts';

const nonce = 'f00d5eed';
const mark = (sequence: number, words: string) => `\x1b]6973;${nonce};${sequence};${words}\x07`;
const greeting = '\x1b]6973;hello;\x07';

/** Through all that reads a session's terminal on Windows. Neighbouring text is joined. */
function read(pieces: readonly string[]) {
  const replies: string[] = [];
  const output = new ConptyOutput((reply) => replies.push(reply));
  const parser = new MarkerParser();
  parser.expectGreeting('');
  const found: (string | string[])[] = [];
  const note = (piece: ParsedPiece) => {
    const last = found.at(-1);
    if (piece.kind === 'greeting') {
      parser.enterLevel(nonce);
      found.push(['hello']);
    } else if (piece.kind === 'mark') found.push(piece.words);
    else if (piece.kind === 'stale' || piece.kind === 'alive') found.push([piece.kind]);
    else if (typeof last === 'string') found[found.length - 1] = last + piece.bytes.toString('latin1');
    else if (piece.bytes.length > 0) found.push(piece.bytes.toString('latin1'));
  };
  const feed = (bytes: Buffer) => parser.feed(bytes).forEach(note);
  for (const text of pieces) feed(output.take(text));
  feed(output.end());
  note({ kind: 'text', bytes: parser.end() });
  return { found: found.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1').toString() : each)), replies };
}

describe('marks of a session in what ConPTY sends', () => {
  const { title, longTitle, titleWithST, cursor, eraseLine, size, repaint, wrapped, wrappedAgain, colours, link, unicode, leave } = conptyExtras;
  const shown = [
    [wrapped, title, colours, eraseLine, unicode, cursor],
    [repaint, wrappedAgain, size, titleWithST, link, '\r\n', longTitle],
  ].map((each) => each.join(''));
  // As the helper is started, a script is run while the window changes its size, and the program ends.
  const whole = [conptyStart, greeting, title, mark(0, 'ready;1000;Linux'), cursor, mark(1, 'begin'), shown[0], mark(2, 'end;0')];
  const more = [repaint, mark(3, 'begin'), shown[1], mark(4, 'end;3'), leave];
  const stream = [...whole, ...more].join('');
  const expected = [
    conptyStart.replace('\x1b[c', ''),
    ['hello'],
    title,
    ['ready', '1000', 'Linux'],
    cursor,
    ['begin'],
    shown[0],
    ['end', '0'],
    repaint,
    ['begin'],
    shown[1],
    ['end', '3'],
    leave,
  ];

  it('are found where they stand, and nothing else is lost or changed', () => {
    // The nonce is sent once the greeting has been read, so the helper's first mark never comes in the same piece.
    const answered = stream.indexOf(greeting) + greeting.length;
    expect(read([stream.slice(0, answered), stream.slice(answered)]).found).toEqual(expected);
  });

  it('are found however the stream is cut', () => {
    const answered = stream.indexOf(greeting) + greeting.length;
    const pieces = fc.tuple(cutAnywhere(stream.slice(0, answered)), cutAnywhere(stream.slice(answered)));
    fc.assert(
      fc.property(pieces, ([first, second]) => {
        const { found, replies } = read([...first, ...second]);
        expect(found).toEqual(expected);
        expect(replies).toHaveLength(1);
      }),
      { numRuns: rounds({ test: 100, soak: 2_000 }) },
    );
    expect(read([...stream]).found).toEqual(expected);
  });

  it('are not taken from a program that prints what looks like one, or from a screen painted again', () => {
    const forged = `${mark(2, 'end;0')}${mark(0, 'ready;0;Linux')}`;
    const { found } = read([conptyStart, greeting, `${mark(0, 'ready;1000;Linux')}${repaint}${forged}`, mark(1, 'begin')]);
    expect(found.slice(2)).toEqual([['ready', '1000', 'Linux'], `${repaint}${forged}`, ['begin']]);
  });
});

describe('ConptyOutput', () => {
  it('answers what ConPTY asks at the start, once, and leaves the questions of programs to the terminal', () => {
    const { found, replies } = read([conptyStart, 'text \x1b[c']);
    expect(replies).toEqual(['\x1b[?61;22c']);
    expect(found).toEqual([`${conptyStart.replace('\x1b[c', '')}text \x1b[c`]);
  });

  it('answers none that comes long after the start', () => {
    const late = `${'x'.repeat(2000)}\x1b[c`;
    expect(read([late.slice(0, 2000), late.slice(2000)])).toEqual({ found: [late], replies: [] });
  });

  it('holds back no more than the beginning of the question, and not for ever', () => {
    const output = new ConptyOutput(() => undefined);
    expect(output.take('a\x1b[').toString()).toBe('a');
    expect(output.take('m').toString()).toBe('\x1b[m');
    expect(output.take('b\x1b').toString()).toBe('b');
    expect(output.end().toString()).toBe('\x1b');
    expect(output.end()).toHaveLength(0);
  });
});
