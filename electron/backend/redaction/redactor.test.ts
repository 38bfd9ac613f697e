import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretMark } from '../../../shared/api/secret-mark.ts';
import { Redactor } from './redactor.ts';

const redactorOf = (secrets: readonly string[], patterns: readonly RegExp[] = []) => {
  const redactor = new Redactor(patterns);
  redactor.add(...secrets);
  return redactor;
};
const through = (redactor: Redactor, pieces: readonly Buffer[]) => {
  const stream = redactor.stream();
  return Buffer.concat([...pieces.map((piece) => stream.push(piece)), stream.end()]);
};
const cut = (bytes: Buffer, sizes: readonly number[]) => {
  const pieces: Buffer[] = [];
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const size = sizes[index % sizes.length] as number;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
};
const screen = async (bytes: Buffer) => {
  const terminal = new Terminal({ cols: 200, rows: 50, allowProposedApi: true, logLevel: 'off' });
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, index) => active.getLine(index)?.translateToString(true) ?? '');
  terminal.dispose();
  return lines.join('');
};

const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHXYZ0123456789') },
  { weight: 2, arbitrary: fc.constantFrom(...' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~') },
  { weight: 1, arbitrary: fc.constantFrom('é', 'ü', 'ñ', 'Å', '€', '漢', '🔑') },
);
const secretText = fc
  .array(character, { minLength: 4, maxLength: 24 })
  .map((characters) => characters.join(''))
  // Such as a terminal would not show, or that the mark itself contains.
  .filter((secret) => secret.trim() === secret && new Set(secret).size > 2 && !secretMark.includes(secret));

const percentAll = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const unicodeEscaped = (text: string) =>
  Array.from({ length: text.length }, (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
const base64After = (other: string) => (text: string) => Buffer.from(other + text).toString('base64');
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
function uuencoded(bytes: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 45) {
    const part = bytes.subarray(at, at + 45);
    const bits = [...part].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const digits = (bits.match(/.{1,6}/g) ?? []).map((six) => Number.parseInt(six.padEnd(6, '0'), 2));
    lines.push([part.length, ...digits].map((value) => (value === 0 ? '`' : String.fromCharCode(value + 32))).join(''));
  }
  return lines.join('\n');
}
const encodings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  NFC: (text) => text.normalize('NFC'),
  NFD: (text) => text.normalize('NFD'),
  'single quotes': (text) => `'${text.replaceAll("'", `'\\''`)}'`,
  'single quotes as Python writes them': (text) => `'${text.replaceAll("'", `'"'"'`)}'`,
  'double quotes': (text) => `"${text.replace(/["\\$`]/g, '\\$&')}"`,
  backslashes: (text) => text.replace(/[^A-Za-z0-9\u0080-\u{10ffff}]/gu, '\\$&'),
  JSON: (text) => JSON.stringify(text),
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify({ text })),
  'JSON of ASCII only': unicodeEscaped,
  'URI component': (text) => encodeURIComponent(text),
  'percent, lower case': percentAll,
  'form data': (text) => new URLSearchParams({ text }).toString(),
  HTML: (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  octal: (text) =>
    [...Buffer.from(text)].map((byte) => (byte < 0x80 && byte !== 0x5c ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`)).join(''),
  base64: base64After(''),
  'base64 behind one byte': base64After('u'),
  'base64 behind two bytes': base64After('u:'),
  base64url: (text) => Buffer.from(`user:${text}`).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  'hex, upper case': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  base32: (text) => base32(Buffer.from(text)),
  'base32 behind three bytes': (text) => base32(Buffer.from(`u:x${text}`)),
  uuencode: (text) => uuencoded(Buffer.from(text)),
  'uuencode behind a byte': (text) => uuencoded(Buffer.from(`u${text}`)),
  'quoted-printable': (text) => [...Buffer.from(text)].map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
  'quoted-printable, a character a line': (text) => [...text].join('=\r\n'),
  'decimal numbers': (text) => [...Buffer.from(text)].join(' '),
  'decimal numbers, as od writes them': (text) =>
    [...Buffer.from(text)]
      .map((byte) => String(byte).padStart(4))
      .join('')
      .trimStart(),
  'zero-width spaces in between': (text) => [...text].join('\u200b'),
  'byte order marks in between': (text) => [...text].join('\ufeff'),
  'hex dump': (text) => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
};
const encoding = fc.constantFrom(...Object.keys(encodings));
/** What a terminal is sent between two characters without showing anything. */
const between = fc.constantFrom(
  '',
  '',
  '',
  '',
  '\x1b[31m',
  '\x1b[0;1;38;5;208m',
  '\x1b[K',
  '\x1b]0;a title\x07',
  '\x1b]8;;\x1b\\',
  '\x1b(B',
  '\r\n',
  ' \r',
  'x\b',
  '_\b',
  'xyz\b\b\b',
  '\x07',
  '\x1b[?25l',
);
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
const surroundings = fc.constantFrom('', 'password=', '+++ b/etc/app.conf\r\n+', 'DB_PASSWORD: ', '$ ', 'error: login failed for root/');

const interleave = (text: string, noise: readonly string[]) => [...text].map((one, index) => one + (noise[index % noise.length] ?? '')).join('');

describe('a redactor', () => {
  it('lets no secret through, in whatever encoding, with whatever in between, however it is cut', async () => {
    let shownWithout = 0;
    await fc.assert(
      fc.asyncProperty(
        secretText,
        encoding,
        fc.array(between, { minLength: 1, maxLength: 7 }),
        sizes,
        surroundings,
        surroundings,
        async (secret, name, noise, cuts, before, after) => {
          const encoded = (encodings[name] as (text: string) => string)(secret);
          const bytes = Buffer.from(`${before}${interleave(encoded, noise)}${after}\r\nthe end\r\n`);
          const out = through(redactorOf([secret]), cut(bytes, cuts));
          expect(out.includes(secretMark)).toBe(true);
          expect(out.includes(secret)).toBe(false);
          expect(out.includes(encoded)).toBe(false);
          const shown = await screen(out);
          expect(shown.includes(secret)).toBe(false);
          if (name !== 'plain' || !surroundingsShow(before + after, encoded)) expect(shown.includes(encoded.trim())).toBe(false);
          if ((await screen(bytes)).includes(encoded)) shownWithout++;
        },
      ),
      { numRuns: 300 },
    );
    // The test can fail: without the redactor most of them are on the screen.
    expect(shownWithout).toBeGreaterThan(100);
  });

  it('gives the same bytes however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(secretText, between, surroundings, fc.constant('abcd'), fc.constant('token: t0p5ecret\n')), { maxLength: 20 }),
        sizes,
        sizes,
        (parts, one, other) => {
          const bytes = Buffer.from(parts.join(''));
          const patterns = [/token: (\S+)/];
          const secrets = ['abcd', 'bcdabc', "it's", 'a b c'];
          expect(through(redactorOf(secrets, patterns), cut(bytes, one)).equals(through(redactorOf(secrets, patterns), cut(bytes, other)))).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaves everything else as it is, byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.array(fc.oneof(fc.string(), between, surroundings)), sizes, (bytes, words, cuts) => {
        const all = Buffer.concat([bytes, Buffer.from(words.join('')), Buffer.from('.')]);
        const secrets = ['correct horse battery staple', 'Tr0ub4dor&3', 'ñandú-€-漢字'];
        expect(through(redactorOf(secrets, [/password is (\S+)/]), cut(all, cuts)).equals(all)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('passes the same buffer through where there is nothing to mask', () => {
    const bytes = Buffer.from('anything');
    expect(new Redactor().stream().push(bytes)).toBe(bytes);
    const text = 'anything';
    expect(new Redactor().redactText(text)).toEqual({ text, masked: 0 });
  });

  it('holds nothing back but the beginning of a secret', () => {
    const stream = redactorOf(['hunter2secret']).stream();
    expect(stream.push(Buffer.from('the pass is hun')).toString()).toBe('the pass is ');
    expect(stream.push(Buffer.from('ger\n')).toString()).toBe('hunger\n');
    expect(stream.push(Buffer.from('hunter2sec')).toString()).toBe('');
    expect(stream.push(Buffer.from('ret?\n')).toString()).toBe(`${secretMark}?\n`);
    const flood = stream.push(Buffer.from(`h${'\x1b[1m'.repeat(100_000)}`));
    expect(flood.length).toBeGreaterThan(390_000);
  });

  it('decides at the end what is held: much of a secret is masked, and the rest of it when it comes later', () => {
    const stream = redactorOf(['hunter2secret']).stream();
    stream.push(Buffer.from('hunter2s'));
    expect(stream.end().toString()).toBe(secretMark);
    const passed = (text: string) => stream.push(Buffer.from(text)).toString() + stream.end().toString();
    expect(passed('ecret ok')).toBe(`${secretMark} ok`);
    expect(passed(' hun')).toBe(' hun');
    expect(passed('ter2secret ok')).toBe(`${secretMark} ok`);
  });

  it('masks secrets that overlap as one, and a longer one whole', () => {
    expect(redactorOf(['abcd', 'cdef']).redactText('xabcdefx')).toEqual({ text: `x${secretMark}x`, masked: 1 });
    expect(redactorOf(['pass', 'password1']).redactText('pass password1 passwords.')).toEqual({
      text: `${secretMark} ${secretMark} ${secretMark}words.`,
      masked: 3,
    });
  });

  it('keeps colours and modes that stood inside of a secret', () => {
    expect(redactorOf(['secret1']).redactText('a sec\x1b[0mre\x1b[?25ht1 b').text).toBe(`a ${secretMark}\x1b[0m\x1b[?25h b`);
  });

  it('masks what a pattern finds, and from then on the same value anywhere', () => {
    const redactor = redactorOf([], [/api[-_]key[=:] ?(\S+)/i, /-----BEGIN .*/]);
    const { text } = redactor.redactText('API_KEY=\x1b[1mk3y-0f-\x1b[0mmine\r\nAuthorization: k3y-0f-mine');
    expect(text).toBe(`API_KEY=\x1b[1m${secretMark}\r\nAuthorization: ${secretMark}`);
    expect(redactor.redactText(Buffer.from('x:k3y-0f-mine').toString('base64')).masked).toBe(1);
    expect(redactor.redactText('-----BEGIN RSA PRIVATE KEY-----\n').text).toBe(`${secretMark}\n`);
  });

  it('finds a pattern in a line without end', () => {
    const line = Buffer.from(`${'x'.repeat(5000)} key=${'v4lue'.repeat(100)} ${'y'.repeat(5000)}`);
    for (const size of [1, 7, 4096, 20_000]) {
      const out = through(redactorOf([], [/ key=(\S{1,600})/]), cut(line, [size])).toString();
      expect(out).toBe(`${'x'.repeat(5000)} key=${secretMark} ${'y'.repeat(5000)}`);
    }
  });

  it('finds a secret that was added while a stream is open', () => {
    const redactor = redactorOf(['first-one']);
    const stream = redactor.stream();
    stream.push(Buffer.from('first-'));
    redactor.add('second-one');
    expect(stream.push(Buffer.from('one second-one.')).toString() + stream.end().toString()).toBe(`${secretMark} ${secretMark}.`);
  });
});

const surroundingsShow = (text: string, encoded: string) => text.includes(encoded);
