/** What every editor promises: the value is there, done twice it is the same, and every other byte is as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf } from '../growth.test-kit.ts';
import { setInStanza } from './in-stanza.ts';
import { markedLines, setMarkedLines } from './marked-lines.ts';
import { setModuleOptions } from './module-options.ts';
import { keyValue, setKeys } from './set-keys.ts';
import { setLine } from './set-line.ts';
import { plistValue, setPlist } from './set-plist.ts';
import { sectionValue, setSectionKeys } from './set-section-keys.ts';
import { setYaml, yamlValue } from './set-yaml.ts';

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

describe('options of a kernel module', () => {
  const set = (old: string, options: Readonly<Record<string, string | null>> = { log_num_mtt: '22' }) => setModuleOptions(old, 'mlx4_core', options);
  it.each([
    ['', 'options mlx4_core log_num_mtt=22\n'],
    ['# c\r\noptions mlx4-core  log_num_mtt=20 b=1\r\nblacklist x\r\n', '# c\r\noptions mlx4-core log_num_mtt=22 b=1\r\nblacklist x\r\n'],
    ['options mlx4_core a=1\noptions mlx4_core b=1', 'options mlx4_core a=1\noptions mlx4_core b=1 log_num_mtt=22'],
    ['options mlx4_core2 log_num_mtt=1\n', 'options mlx4_core2 log_num_mtt=1\noptions mlx4_core log_num_mtt=22\n'],
    ['  options   mlx4_core   log_num_mtt=22\n', '  options   mlx4_core   log_num_mtt=22\n'],
  ])('are set, others stay: %j', (old, wanted) => {
    expect(set(old)).toBe(wanted);
    expect(set(wanted)).toBe(wanted);
  });
  it('go, and their line with the last of them', () => {
    expect(set('options mlx4_core a=1 b=2\n', { a: null })).toBe('options mlx4_core b=2\n');
    expect(set('x\noptions mlx4_core a=1\n', { a: null })).toBe('x\n');
    expect(set('x\n', { a: null })).toBe('x\n');
  });
  it('take no value that would be two', () => expect(() => set('', { a: '1 b=2' })).toThrow(TypeError));
});

describe('YAML', () => {
  const netplan =
    '# by us\nnetwork:\n  version: 2   # the only one\n  ethernets:\n    eth0:\n      dhcp4: "no"\n      addresses: [192.0.2.1/24]\n    # the other\n    eth1: {dhcp4: true}\n\n# end\n';
  it.each<[string, string, (string | number)[], string | number | boolean | null, string]>([
    ['in its place, with the comment behind it', netplan, ['network', 'version'], 3, netplan.replace('version: 2', 'version: 3')],
    ['a quoted one', netplan, ['network', 'ethernets', 'eth0', 'dhcp4'], true, netplan.replace('"no"', 'true')],
    ['within a list', netplan, ['network', 'ethernets', 'eth0', 'addresses', 0], '192.0.2.9/24', netplan.replace('192.0.2.1', '192.0.2.9')],
    ['in a map in braces', netplan, ['network', 'ethernets', 'eth1', 'mtu'], 9000, netplan.replace('{dhcp4: true}', '{dhcp4: true, mtu: 9000}')],
    ['behind the last key of its map', netplan, ['network', 'ethernets', 'eth0', 'mtu'], 9000, netplan.replace('1/24]\n', '1/24]\n      mtu: 9000\n')],
    [
      'with maps in between',
      netplan,
      ['network', 'bridges', 'br0', 'dhcp4'],
      false,
      netplan.replace('true}\n', 'true}\n  bridges:\n    br0:\n      dhcp4: false\n'),
    ],
    ['with other line ends', 'a: 1\r\nb:\r\n  c: x # y\r\n', ['b', 'd'], 'z', 'a: 1\r\nb:\r\n  c: x # y\r\n  d: z\r\n'],
    ['at the end of a file without one', 'a: 1', ['b'], 'no', 'a: 1\nb: "no"\n'],
    ['into an empty file', '', ['a', 'b'], 'x', 'a:\n  b: x\n'],
    ['where there is nothing yet', 'a:\nb: 1\n', ['a'], 5, 'a: 5\nb: 1\n'],
    ['a text over several lines', 'a: |\n  one\n  two\nb: 1\n', ['b'], 2, 'a: |\n  one\n  two\nb: 2\n'],
    ['behind a list', 'a:\n  - x\n  - y: 1\n    z: 2\nb: 1\n', ['a', 1, 'z'], 3, 'a:\n  - x\n  - y: 1\n    z: 3\nb: 1\n'],
    ['behind a list at the end', 'a:\n  - x # c\n', ['b'], 1, 'a:\n  - x # c\nb: 1\n'],
  ])('gets its value %s', (_, old, where, value, wanted) => {
    expect(setYaml(old, where, value)).toBe(wanted);
    expect(setYaml(wanted, where, value)).toBe(wanted);
    expect(yamlValue(wanted, where)).toBe(value);
  });
  it.each<[string, string, (string | number)[], string]>([
    ['that is none', 'a: [1\n', ['a'], 'not-yaml'],
    ['with a key twice', 'a: 1\na: 2\n', ['a'], 'not-yaml'],
    ['of several documents', 'a: 1\n---\nb: 1\n', ['a'], 'many-documents'],
    ['with a map in the place', 'a:\n  b: 1\n', ['a'], 'not-one-value'],
    ['with an alias in the place', 'x: &k 1\na: *k\n', ['a'], 'yaml-unclear'],
    ['with an anchor that others use', 'x: &k 1\na: *k\n', ['x'], 'yaml-unclear'],
    ['with a value where a map is needed', 'a: 1\n', ['a', 'b'], 'yaml-unclear'],
    ['with a place that is not in the list', 'a: [1]\n', ['a', 3], 'yaml-unclear'],
  ])('is left alone %s', (_, old, where, rule) => expect(setYaml(old, where, 'v')).toMatchObject({ rule }));

  it('has the value as a program reads it, whatever it is, and every other line as it was', () => {
    const scalar = fc.oneof(
      value,
      fc.constantFrom('yes', 'no', '~', '1e3', '0x1', '#x', ': ', '- a', '{', '', ' x ', '*a', '&a', '!t', "it's", '%x', 'a: b', 'a #b'),
      fc.integer(),
      fc.boolean(),
    );
    const bodies = fc.tuple(
      fc.array(fc.constantFrom('# c', '', 'k1: v # c', 'k2: [1, 2]', 'k3:\n  - a\n  - b: 1', 'k4: >\n  long\n  text', 'k5: {x: 1}'), { maxLength: 5 }),
      ends,
      fc.boolean(),
    );
    fc.assert(
      fc.property(bodies, scalar, fc.constantFrom(['key'], ['key', 'sub']), ([lines, end, closed], wanted, where) => {
        const old = file([...new Set(lines.filter(Boolean))], '\n', closed).replaceAll('\n', end);
        const once = setYaml(old, where, wanted) as string;
        expect(yamlValue(once, where)).toBe(wanted);
        expect(setYaml(once, where, wanted)).toBe(once);
        expect(ofOneKind(once)).toBe(true);
        expect(added(old, once).filter((line) => line.trim() !== '')).toHaveLength(where.length);
      }),
    );
  });
});

describe('a property list', () => {
  const list =
    '<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x">\n<plist version="1.0">\n<dict>\n\t<!-- <key>Old</key> -->\n\t<key>Label</key>\n\t<string>org.x &amp; y</string>\n\t<key>Arguments</key>\n\t<array>\n\t\t<string>/bin/x</string>\n\t\t<string>-d</string>\n\t</array>\n\t<key>Empty</key>\n\t<dict/>\n\t<key>On</key><true/>\n</dict>\n</plist>\n';
  it.each<[string, string, (string | number)[], Parameters<typeof setPlist>[2], string]>([
    ['in its place', list, ['Label'], 'a<b', list.replace('org.x &amp; y', 'a&lt;b')],
    ['in a list', list, ['Arguments', 1], '-v', list.replace('-d', '-v')],
    ['true or false', list, ['On'], false, list.replace('<true/>', '<false/>')],
    ['of another kind', list, ['On'], 5, list.replace('<true/>', '<integer>5</integer>')],
    ['at the end of its dict', list, ['Timeout'], 1.5, list.replace('<true/>\n', '<true/>\n\t<key>Timeout</key>\n\t<real>1.5</real>\n')],
    ['in a dict that was empty', list, ['Empty', 'a'], true, list.replace('<dict/>', '<dict>\n\t\t<key>a</key>\n\t\t<true/>\n\t</dict>')],
    [
      'with dicts in between',
      list,
      ['Sockets', 'a'],
      'x',
      list.replace('<true/>\n', '<true/>\n\t<key>Sockets</key>\n\t<dict><key>a</key><string>x</string></dict>\n'),
    ],
    ['as a whole list', list, ['Arguments'], ['a', 'b'], list.replace('/bin/x', 'a').replace('-d', 'b')],
    [
      'with other line ends',
      '<plist><dict>\r\n  <key>a</key>\r\n  <integer>1</integer>\r\n</dict></plist>\r\n',
      ['b'],
      2,
      '<plist><dict>\r\n  <key>a</key>\r\n  <integer>1</integer>\r\n  <key>b</key>\r\n  <integer>2</integer>\r\n</dict></plist>\r\n',
    ],
  ])('gets its value %s', (_, old, where, value, wanted) => {
    expect(setPlist(old, where, value)).toBe(wanted);
    expect(setPlist(wanted, where, value)).toBe(wanted);
  });
  it('that says the same another way stays as it is', () => {
    const old = list.replace('<array>\n\t\t', '<array>').replace('<true/>', '<true />');
    expect(setPlist(old, ['Arguments'], ['/bin/x', '-d'])).toBe(old);
    expect(setPlist(old, ['On'], true)).toBe(old);
  });
  it.each<[string, string, (string | number)[], string]>([
    ['in binary', 'bplist00\u0001', ['a'], 'binary-plist'],
    ['that is none', '<html><body/></html>', ['a'], 'not-plist'],
    ['that is cut off', list.slice(0, 200), ['Label'], 'not-plist'],
    ['with a key that has no value', '<plist><dict><key>a</key><key>b</key><true/></dict></plist>', ['a'], 'not-plist'],
    ['with a value that has no key', '<plist><dict><true/></dict></plist>', ['a'], 'not-plist'],
    ['with no such place', list, ['Arguments', 7], 'no-place'],
    ['with a text where a dict is needed', list, ['Label', 'x'], 'no-place'],
  ])('is left alone %s', (_, old, where, rule) => expect(setPlist(old, where, 'v')).toMatchObject({ rule }));
  it('has the value, and every other line as it was', () => {
    const entry = fc.constantFrom(
      '<key>k1</key>\n\t<string>v</string>',
      '<key>k2</key>\n\t<true/>',
      '<!-- <key>mine</key> -->',
      '<key>k3</key>\n\t<array>\n\t\t<integer>1</integer>\n\t</array>',
    );
    fc.assert(
      fc.property(fc.uniqueArray(entry), ends, fc.oneof(value, fc.integer(), fc.boolean()), (entries, end, wanted) => {
        const old = `<plist>\n<dict>\n${entries.map((text) => `\t${text}\n`).join('')}</dict>\n</plist>\n`.replaceAll('\n', end);
        const once = setPlist(old, ['mine'], wanted) as string;
        expect(plistValue(once, ['mine'])).toContain(String(wanted).replaceAll('&', '&amp;'));
        expect(setPlist(once, ['mine'], wanted)).toBe(once);
        expect(ofOneKind(once)).toBe(true);
        expect(added(old, once)).toHaveLength(2);
      }),
    );
  });
  it('costs no more than in proportion', () => {
    const many = (number: number) => `<plist><dict>${'<key>k</key><string>v</string>\n'.repeat(number)}</dict></plist>`;
    expect(growthOf((number) => setPlist(many(number), ['x'], 'v'), 5_000)).toBeLessThan(12);
  });
});
