import { expect, it } from 'vitest';
import { canonicalAddress, sameAddress } from './ip-address.ts';

it.each([
  ['2001:0DB8:0:0:0:0:0:0001', '2001:db8::1'],
  ['2001:db8::', '2001:db8::'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['192.0.2.7', '192.0.2.7'],
  ['dc1', 'dc1'],
  ['', ''],
])('%s is written %s', (text, written) => expect(canonicalAddress(text)).toBe(written));

it('tells addresses apart by what they are', () => {
  expect(sameAddress('2001:DB8::A', '2001:db8:0::a')).toBe(true);
  expect(sameAddress('2001:db8::1', '2001:db8::10')).toBe(false);
  expect(sameAddress('192.0.2.1', '192.0.2.10')).toBe(false);
});
