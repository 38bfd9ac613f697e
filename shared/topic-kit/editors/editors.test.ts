/** What every editor promises: the value is there, done twice it is the same, and every other byte is as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf } from '../growth.test-kit.ts';
import { setInStanza } from './in-stanza.ts';
import { markedLines, setMarkedLines } from './marked-lines.ts';
import { keyValue, setKeys } from './set-keys.ts';
import { setLine } from './set-line.ts';
import { sectionValue, setSectionKeys } from './set-section-keys.ts';

const ends = fc.constantFrom('\n', '\r\n');
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.]{0,8}$/);
const value = fc.stringMatching(/^[A-Za-z0-9/"][A-Za-z0-9 /".:$&'-]{0,20}[A-Za-z0-9/"]$/);
const noise = fc.oneof(
  fc.constantFrom(
    '',
    '   ',
    '# a comment',
    '#key = commented',
    '; another',
    '[Other]',
    'other = 1',
    '\tother=2',
    'ключ = Grüße',
    'half',
    'key',
    'keys = 3',
    '=',
    '[key]',
  ),
  fc.tuple(word, value).map(([name, text]) => `other.${name} = ${text}`),
);
const file = (lines: readonly string[], end: string, closed: boolean) => `${lines.join(end)}${closed && lines.length > 0 ? end : ''}`;
const files = fc.tuple(fc.array(noise, { maxLength: 12 }), ends, fc.boolean()).map(([lines, end, closed]) => file(lines, end, closed));

/** Lines of `after` that `before` does not have, in order; begins with LOST where one of `before` is gone. A last line end may be added. */
function added(before: string, after: string): string[] {
  const left = before
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  const more = after
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => {
      const same = left[0] === line;
      if (same) left.shift();
      return !same;
    });
  return left.every((line) => line === '') ? more : ['LOST', ...left];
}
/** Every line end that was there is there, and no other kind came. */
const ofOneKind = (text: string) => !/[^\r]\n/.test(text) || !text.includes('\r\n');

describe('keys', () => {
  const styles = fc.record({
    separator: fc.constantFrom(' = ' as const, '=' as const, ' ' as const, ': ' as const),
    counts: fc.constantFrom('last' as const, 'first' as const),
  });
  it('have their value, once and twice, and nothing else changes', () => {
    fc.assert(
      fc.property(files, value, styles, (old, text, style) => {
        const once = setKeys(old, { 'my.key': text }, style);
        expect(keyValue(once, 'my.key', style)).toBe(text);
        expect(setKeys(once, { 'my.key': text }, style)).toBe(once);
        expect(ofOneKind(once)).toBe(true);
        expect(added(old, once).filter((line) => line.trim() !== '')).toEqual([expect.stringContaining(`my.key${style.separator}${text}`)]);
        // And back to what is commented out.
        expect(keyValue(setKeys(once, { 'my.key': null }, style), 'my.key', style)).toBeUndefined();
      }),
    );
  });
  it.each([
    ['the last one that counts', 'a = 1\na = 2 \n', 'a = 1\na = 3\n'],
    ['with the spaces it has', '  a\t=1\r\nb = 2\r\n', '  a\t=3\r\nb = 2\r\n'],
    ['behind its example', '#a = 0\nb = 1\n', '#a = 0\na = 3\nb = 1\n'],
    ['at the end, which had no line end', 'b = 1', 'b = 1\na = 3\n'],
    ['before empty lines at the end', 'b = 1\n\n\n', 'b = 1\na = 3\n\n\n'],
    ['into an empty file', '', 'a = 3\n'],
    ['not where the name is longer', 'ab = 1\n', 'ab = 1\na = 3\n'],
  ])('go %s', (_, old, wanted) => expect(setKeys(old, { a: '3' }, { separator: ' = ' })).toBe(wanted));
  it('are the first one where that counts, and any capitals where they do not matter', () => {
    expect(setKeys('A=1\na=2\n', { a: '3' }, { separator: '=', counts: 'first', anyCase: true })).toBe('A=3\na=2\n');
  });
  it('keep a value with $ as it is', () => expect(setKeys('a=1\n', { a: "$& $' $1" }, { separator: '=' })).toBe("a=$& $' $1\n"));
  it('cost no more than in proportion', () => {
    expect(growthOf((lines) => setKeys('other = 1\n'.repeat(lines), { a: '1' }, { separator: ' = ' }), 20_000)).toBeLessThan(12);
  });
});

describe('sections', () => {
  const style = { separator: '=' } as const;
  it('have their value, once and twice, and nothing else changes', () => {
    fc.assert(
      fc.property(files, value, fc.constantFrom('Service', 'Other', 'key'), (old, text, section) => {
        const once = setSectionKeys(old, section, { Restart: text }, style);
        expect(sectionValue(once, section, 'Restart', style)).toBe(text);
        expect(setSectionKeys(once, section, { Restart: text }, style)).toBe(once);
        expect(ofOneKind(once)).toBe(true);
        expect(added(old, once).filter((line) => line.trim() !== '' && line.trim() !== `[${section}]`)).toEqual([expect.stringContaining(`Restart=${text}`)]);
      }),
    );
  });
  it.each([
    ['into the section, not the next one', '[A]\nx=1\n\n[B]\nx=1\n', '[A]\nx=1\nk=v\n\n[B]\nx=1\n'],
    ['into the last of two of its name', '[A]\nx=1\n[A]\ny=1\n', '[A]\nx=1\n[A]\ny=1\nk=v\n'],
    ['where the last one stands', '[A]\nk=1\n[A]\ny=1\n', '[A]\nk=v\n[A]\ny=1\n'],
    ['into a new section at the end', 'x=1\r\n', 'x=1\r\n\r\n[A]\r\nk=v\r\n'],
    ['not into a section of another name', '[AA]\nk=1\n', '[AA]\nk=1\n\n[A]\nk=v\n'],
  ])('go %s', (_, old, wanted) => expect(setSectionKeys(old, 'A', { k: 'v' }, style)).toBe(wanted));
  it('take keys out as comments', () => expect(setSectionKeys('[A]\nk=1\n[B]\nk=1\n', 'A', { k: null }, style)).toBe('[A]\n#k=1\n[B]\nk=1\n'));
});

describe('lines between marks', () => {
  it('are there, are replaced, and go without a trace', () => {
    fc.assert(
      fc.property(files, fc.array(value, { minLength: 1, maxLength: 3 }), fc.array(value, { minLength: 1, maxLength: 3 }), (old, first, second) => {
        const once = setMarkedLines(old, 'wb', first);
        expect(markedLines(once, 'wb')).toEqual(first);
        expect(setMarkedLines(once, 'wb', first)).toBe(once);
        expect(markedLines(setMarkedLines(once, 'wb', second), 'wb')).toEqual(second);
        const closed = old === '' || old.endsWith('\n') ? old : `${old}${old.includes('\r\n') ? '\r\n' : '\n'}`;
        expect(setMarkedLines(once, 'wb', [])).toBe(closed);
      }),
    );
  });
});

describe('a line of its own', () => {
  const like = /^options\s+mlx4_core\b/;
  it.each([
    ['', 'options mlx4_core log_num_mtt=22\n'],
    ['options mlx4_core log_num_mtt=20\r\nx\r\n', 'options mlx4_core log_num_mtt=22\r\nx\r\n'],
    ['options mlx4_core a\noptions mlx4_core b', 'options mlx4_core a\noptions mlx4_core log_num_mtt=22'],
    ['# options mlx4_core\n', '# options mlx4_core\noptions mlx4_core log_num_mtt=22\n'],
  ])('comes in the place of the last one like it: %j', (old, wanted) => {
    expect(setLine(old, like, 'options mlx4_core log_num_mtt=22')).toBe(wanted);
    expect(setLine(wanted, like, 'options mlx4_core log_num_mtt=22')).toBe(wanted);
  });
  it('goes', () => expect(setLine('a\noptions mlx4_core x\nb\n', like, null)).toBe('a\nb\n'));
  it('has to be like what it replaces', () => expect(() => setLine('', like, 'other')).toThrow(TypeError));
});

describe('a stanza', () => {
  const style = { head: /^(?:auto|iface|mapping|allow-\S+|source\S*)\b/, indent: '    ' };
  const set = (old: string, line: string | null = 'mtu 9000') => setInStanza(old, /^iface eth0\b/, /^mtu\b/, line, style);
  it.each([
    ['auto eth0\niface eth0 inet dhcp\niface eth1 inet dhcp\n', 'auto eth0\niface eth0 inet dhcp\n    mtu 9000\niface eth1 inet dhcp\n'],
    ['iface eth0 inet static\n\taddress 192.0.2.1\n\tmtu 1500\n', 'iface eth0 inet static\n\taddress 192.0.2.1\n\tmtu 9000\n'],
    [
      'iface eth0 inet dhcp\n  up x\n\n# the other one\niface eth1 inet dhcp\n',
      'iface eth0 inet dhcp\n  up x\n    mtu 9000\n\n# the other one\niface eth1 inet dhcp\n',
    ],
    ['iface eth0 inet dhcp', 'iface eth0 inet dhcp\n    mtu 9000\n'],
    ['iface eth0 inet dhcp\r\n', 'iface eth0 inet dhcp\r\n    mtu 9000\r\n'],
  ])('gets its line: %j', (old, wanted) => {
    expect(set(old)).toBe(wanted);
    expect(set(wanted)).toBe(wanted);
  });
  it('that is not there is said', () => expect(set('iface eth00 inet dhcp\n'.replace('eth00', 'eth1'))).toBeNull());
  it('loses it', () => expect(set('iface eth0 inet dhcp\n  mtu 1\nauto x\n', null)).toBe('iface eth0 inet dhcp\nauto x\n'));
});
