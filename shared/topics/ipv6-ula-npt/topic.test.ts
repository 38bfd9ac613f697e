import { describe, expect, it } from 'vitest';
import { hostCards, labels } from './hosts.ts';
import { addressText, adjustment, isGlobal, isLocal, localPrefix, netmap, npt, type Prefix, parsePrefix, wordsOf } from './npt-mapping.ts';
import { parameters, ways } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { translationScript } from './rules.ts';

const prefix = (text: string): Prefix => parsePrefix(text) ?? { words: [], length: -1 };
const mapped = (address: string, from: string, to: string) => {
  const words = npt(wordsOf(address) ?? [], prefix(from), prefix(to));
  return words && addressText(words);
};

describe('the mapping of RFC 6296', () => {
  const [inside, outside] = ['fd01:203:405::/48', '2001:db8:1::/48'];
  it('gives the RFC’s own example, and leads back', () => {
    expect(adjustment(prefix(inside), prefix(outside)).toString(16)).toBe('d54f');
    expect(mapped('fd01:203:405:1::1234', inside, outside)).toBe('2001:db8:1:d550::1234');
    expect(mapped('2001:db8:1:d550::1234', outside, inside)).toBe('fd01:203:405:1::1234');
  });
  it('leaves the checksum of every address as it is, and leads back', () => {
    // One's complement: 0 and 0xffff are the same number.
    const sum = (words: readonly number[]) => words.reduce((all, word) => all + word, 0) % 0xffff;
    for (const [from, to] of [
      [inside, outside],
      ['fd12:3456:789a:bc00::/56', '2001:db8:1:de00::/56'],
      ['fd12:3456:789a:bcde::/64', '2001:db8:ffff:1::/64'],
    ] as const)
      for (let subnet = 0; subnet < 0xffff; subnet += 251) {
        const bits = prefix(from).words.map((word, at) =>
          at === 3 && from.endsWith('/48') ? subnet : at === 7 ? subnet + 1 : at === 5 ? 0xffff - subnet : word,
        );
        const there = npt(bits, prefix(from), prefix(to));
        if (!there) throw new Error(`${addressText(bits)} is not mapped`);
        expect(sum(there)).toBe(sum(bits));
        expect(npt(there, prefix(to), prefix(from))).toEqual(bits);
      }
  });
  it.each([
    ['fd01:203:405:ffff::1', inside, outside],
    ['fd12:3456:789a:bcde::', 'fd12:3456:789a:bcde::/64', '2001:db8:ffff:1::/64'],
    ['fd12:3456:789a:bcde:ffff:ffff:ffff:ffff', 'fd12:3456:789a:bcde::/64', '2001:db8:ffff:1::/64'],
  ])('has none for %s', (address, from, to) => expect(mapped(address, from, to)).toBeNull());
  it('keeps the bits behind the prefix with NETMAP', () => {
    expect(addressText(netmap(wordsOf('fd12:3456:789a:bc12::34') ?? [], prefix('2001:db8:1:de00::/56')))).toBe('2001:db8:1:de12::34');
  });
});

it.each([
  ['fd01:203:405::/48', true],
  ['FD01:0203:0405::/48', true],
  ['fd01:203:405:1::/48', false],
  ['fd01:203:405::/129', false],
  ['fd01:203:405::', false],
  ['1.2.3.0/24', false],
  ['::ffff:1.2.3.4/128', false],
  ['fd01::405::/48', false],
])('%s is a prefix: %s', (text, is) => expect(parsePrefix(text) !== null).toBe(is));
it.each([
  ['fd01:203:405::/48', true],
  ['fd00::/48', false],
  ['fc01:203:405::/48', false],
  ['fd00::/8', false],
])('%s is a local one: %s', (text, is) => expect(isLocal(prefix(text))).toBe(is));
it('makes local prefixes of random bits', () => {
  expect(localPrefix('0102030405')).toBe('fd01:203:405::/48');
  expect(isLocal(prefix(localPrefix('ffffffffff')))).toBe(true);
  expect(isGlobal(prefix('2001:db8::/32'))).toBe(true);
});

const given = { ula: 'fd01:203:405::/48', gua: '2001:db8:1::/48' };
describe('the form', () => {
  it.each([
    [{ gua: '2001:db8:1::/56' }, 'gua'],
    [{ ula: 'fd00::/48' }, 'ula'],
    [{ ula: 'fd01:203:405::/48"; rm' }, 'ula'],
    [{ gua: 'fd01:203:406::/48' }, 'gua'],
    [{ lan: 'eth0' }, 'ext'],
    [{ ext: 'eth0"; }' }, 'ext'],
    [{ outside: 'example.com' }, 'outside'],
  ])('does not take %j', (more, field) => expect(parameters.safeParse({ ...given, ...more }).error?.issues.map(({ path }) => path[0])).toEqual([field]));
  it('needs both prefixes', () => expect(parameters.safeParse({}).success).toBe(false));
});

describe.each(ways)('the script by %s', (way) => {
  const text = translationScript(parameters.parse({ ...given, way }));
  it('has one rule for each direction, and flushes nothing but its own chain', () => {
    expect(text.match(/snat ip6 prefix|--to 2001:db8:1::|SNPT/g)).toHaveLength(1);
    expect(text.match(/dnat ip6 prefix|--to fd01:203:405::|DNPT/g)).toHaveLength(1);
    expect(text).not.toMatch(/flush|-F(?! NPT_LEAK)/);
    expect(text).not.toMatch(/conntrack/);
  });
});

it('has glibc’s labels for gai.conf, all but that of local addresses', () => {
  expect(labels).toEqual(['::1/128 0', '::/0 1', '2002::/16 2', '::/96 3', '::ffff:0:0/96 4', 'fec0::/10 5', '2001:0::/32 7']);
  expect(hostCards(given)[0]?.lines).toHaveLength(7);
});

describe('the check', () => {
  const seen = { lan: 'there', local: 'fd12:3456:789a:1::1', default: 'eth0', unit: 'inactive', nft: 'yes', ip6tables: 'yes', random: '0102030405' };
  const check = (more: Record<string, string>) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      parameters.parse(given),
    );
  it.each([
    ['affected', {}],
    ['affected', { local: '' }],
    ['already-fixed', { unit: 'active' }],
    ['not-affected', { global: '2001:db8::5' }],
    ['unknown', { lan: 'missing' }],
    ['unknown', { default: '' }],
  ])('says %s with %j', (verdict, more) => expect(check(more)).toMatchObject({ verdict }));
  it('says unknown of nothing', () => expect(probe.judge({ output: '', exitStatus: 1 }, parameters.parse(given))).toMatchObject({ verdict: 'unknown' }));
  it.each([
    [{}, ['ula fd12:3456:789a::/48']],
    [{ local: '' }, ['ula fd01:203:405::/48']],
    [{ local: '', random: 'x' }, []],
    [{ default: 'ppp0', nft: 'no' }, ['ula fd12:3456:789a::/48', 'ext ppp0', 'way iptables']],
  ])('proposes with %j', (more, proposals) => expect(check(more).proposes?.map(({ field, value }) => `${field} ${value}`)).toEqual(proposals));
});

it('draws the example of RFC 6296 for the stateless way', () => {
  expect(pictures(parameters.parse({ ...given, way: 'npt' }))[0]?.caption).toContain('fd01:203:405:1::1234 is 2001:db8:1:d550::1234 outside');
});
