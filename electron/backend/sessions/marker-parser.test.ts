import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { MarkerParser, type ParsedPiece } from './marker-parser.ts';

const nonce = 'f00d5eed';
const mark = (sequence: number, words: string, key = nonce) => `\x1b]6973;${key};${sequence};${words}\x07`;

/** Parses chunks; neighbouring text is joined, because only where marks stand in it matters. */
function parse(chunks: Buffer[]): (string | string[])[] {
  const parser = new MarkerParser();
  parser.enterLevel(nonce);
  parser.expectBeats('70ce');
  const pieces: ParsedPiece[] = [...chunks.flatMap((chunk) => parser.feed(chunk)), { kind: 'text', bytes: parser.end() }];
  const result: (string | string[])[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.kind === 'greeting') result.push(['hello']);
    else if (piece.kind === 'stale') result.push(['stale']);
    else if (piece.kind === 'alive') result.push([piece.beating ? 'alive' : 'still']);
    else if (piece.kind === 'mark') result.push(piece.level === 0 ? piece.words : [`level ${piece.level}`, ...piece.words]);
    else if (typeof last === 'string') result[result.length - 1] = last + piece.bytes.toString('latin1');
    else if (piece.bytes.length > 0) result.push(piece.bytes.toString('latin1'));
  }
  return result;
}
const whole = (text: string) => parse([Buffer.from(text, 'latin1')]);

describe('MarkerParser', () => {
  it('finds marks between text', () => {
    expect(whole(`a${mark(0, 'begin')}b${mark(1, 'end;0')}c`)).toEqual(['a', ['begin'], 'b', ['end', '0'], 'c']);
  });

  it('takes signs of life out of the text, also from the middle of a sequence, and those of no hop for text', () => {
    const beat = '\x1b]6973;alive;70ce\x07';
    expect(whole(`a\x1b[3${beat}1mb${beat}`)).toEqual(['a\x1b[3', ['alive'], '1mb', ['alive']]);
    expect(whole('\x1b]6973;still;70ce\x07')).toEqual([['still']]);
    for (const other of ['\x1b]6973;alive;70cf\x07', '\x1b]6973;alive;70ce;x\x07', '\x1b]6973;alive\x07']) expect(whole(other)).toEqual([other]);
  });

  it('counts a mark once that is said again, where the line may lose it, also that of a script that has ended', () => {
    const parser = new MarkerParser();
    parser.enterLevel(nonce, true);
    parser.expectScript('5c419');
    const [ready, begin, end] = [mark(0, 'ready;0;Linux'), mark(1, 'begin', '5c419'), mark(2, 'end;0', '5c419')];
    const stream = [ready, ready.replace('ready', 'redy'), ready, begin, begin, 'out', end, end, ready, mark(1, 'end;0', '5c419')].join('');
    const found = [...stream].flatMap((byte) => parser.feed(Buffer.from(byte, 'latin1'))).filter(({ kind }) => kind !== 'text');
    expect(found.map((piece) => (piece.kind === 'mark' ? piece.words.join(';') : piece.kind))).toEqual(['ready;0;Linux', 'begin', 'end;0', 'stale']);
  });

  it('takes a wrong nonce, an old or a skipped number for text', () => {
    const forged = [mark(0, 'end;0', 'f00d5eee'), mark(1, 'end;0'), mark(7, 'begin')].join('');
    expect(whole(forged)).toEqual([forged]);
    const replayed = mark(0, 'begin') + mark(0, 'begin');
    expect(whole(replayed)).toEqual([['begin'], mark(0, 'begin')]);
  });

  it('finds a true mark right after the beginning of a false one', () => {
    const start = '\x1b]6973;';
    expect(whole(`${start}${mark(0, 'begin')}`)).toEqual([start, ['begin']]);
    expect(whole(`\x1b\x1b]69${mark(0, 'begin')}`)).toEqual(['\x1b\x1b]69', ['begin']]);
  });

  it('tells the marks of a hop from those of the shell it was entered from, and takes those of a level that was left for text', () => {
    const parser = new MarkerParser();
    parser.enterLevel(nonce);
    parser.expectGreeting('token');
    const greeting = '\x1b]6973;hello;token\x07';
    const forged = '\x1b]6973;hello;\x07\x1b]6973;hello;tokem\x07';
    expect(parser.feed(Buffer.from(`${forged}${greeting}${greeting}`))).toEqual([
      { kind: 'text', bytes: Buffer.from(forged) },
      { kind: 'greeting' },
      { kind: 'text', bytes: Buffer.from(greeting) },
    ]);
    parser.enterLevel('1nn3r');
    expect(parser.feed(Buffer.from(`${mark(0, 'ready', '1nn3r')}${mark(0, 'end;255')}`))).toEqual([
      { kind: 'mark', level: 1, of: 'level', words: ['ready'] },
      { kind: 'mark', level: 0, of: 'level', words: ['end', '255'] },
    ]);
    parser.leaveLevels(1);
    const late = mark(1, 'begin', '1nn3r');
    expect(parser.feed(Buffer.from(late))).toEqual([{ kind: 'text', bytes: Buffer.from(late) }]);
  });

  it('takes the marks of a script by its own nonce, while it runs, and tells one that comes afterwards', () => {
    const parser = new MarkerParser();
    parser.enterLevel(nonce);
    const of = (words: string[]) => ({ kind: 'mark', level: 0, of: 'script', words });
    expect(parser.feed(Buffer.from(mark(0, 'begin', '5c21p7')))).toMatchObject([{ kind: 'text' }]);
    parser.expectScript('5c21p7');
    expect(parser.feed(Buffer.from(mark(0, 'begin', '5c21p7') + mark(1, 'end;0', '5c21p7') + mark(2, 'end;0', '5c21p7')))).toEqual([
      of(['begin']),
      of(['end', '0']),
      { kind: 'stale', level: 0 },
    ]);
    parser.expectScript('n3x7');
    expect(parser.feed(Buffer.from(mark(2, 'end;7', '5c21p7')))).toEqual([{ kind: 'stale', level: 0 }]);
    expect(parser.feed(Buffer.from(mark(2, 'begin', 'n3x7')))).toEqual([of(['begin'])]);
  });

  it('does not hold text back that only looks like the start of a mark', () => {
    const parser = new MarkerParser();
    parser.enterLevel(nonce);
    const shown = parser.feed(Buffer.from('\x1b]6973;password? '));
    expect(shown).toEqual([{ kind: 'text', bytes: Buffer.from('\x1b]6973;password? ') }]);
  });

  it('gives the same for every split of every stream', () => {
    const fragment = fc.oneof(
      fc.string({ unit: fc.constantFrom('\x1b', ']', '6', '9', '7', '3', ';', '\x07', 'f', '0', 'a', '\n') }),
      fc.constantFrom(mark(0, 'begin'), mark(1, 'end;0'), mark(2, 'begin'), '\x1b]6973;', `\x1b]6973;${nonce}`, mark(0, 'x'.repeat(300))),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), fc.array(fc.nat({ max: 400 }), { maxLength: 30 }), (fragments, cuts) => {
        const bytes = Buffer.from(fragments.join(''), 'latin1');
        const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
        const chunks = [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
        expect(parse(chunks)).toEqual(parse([bytes]));
        expect(parse([...bytes].map((byte) => Buffer.from([byte])))).toEqual(parse([bytes]));
      }),
      { numRuns: rounds({ test: 300, soak: 5_000 }) },
    );
  });
});
