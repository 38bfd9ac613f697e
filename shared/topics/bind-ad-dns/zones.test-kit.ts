/** Zones of all sorts for tests: what people write, in any order, with records of the kind that is managed among it. */
import fc from 'fast-check';
import type { Wanted } from './ad-records.ts';

export const wanted: Wanted = {
  domain: 'corp.test',
  controllers: [
    { host: 'dc1.corp.test', address: '192.0.2.11' },
    { host: 'dc2.corp.test', address: '2001:db8::12' },
  ],
  ttl: 86_400,
  passwordTtl: 3600,
};
export const soaLine = '@ IN SOA ns1 hostmaster 7 3600 600 604800 3600\n';

const others = [
  ...['', '; comment ü', '\t; (', '$ORIGIN sub', '$ORIGIN corp.test.', '$TTL 1d', 'txt TXT "a ; b"', 'www 5 IN A 192.0.2.9', '\tIN MX 10 mail'],
  ...['long TXT (\n "a"\n "b" ) ; end', '* IN 1h30m TXT "\\"("', 'a\\.b A 192.0.2.3', '@ CAA 0 issue "ca.test"'],
];
const managed = [
  ...['_msdcs NS gone', '_sites.corp.test. 1h NS dc1.corp.test.', '_kpasswd._udp SRV 0 100 464 dc9', '\t3600 SRV 0 100 464 dc1.corp.test.'],
  ...['_kpasswd._tcp.corp.test. IN 1h SRV 0 100 464 dc2.corp.test. ; right', '_MSDCS.corp.test. 86400 NS DC2.corp.test.', 'DC1.corp.test. A 192.0.2.11'],
];

export const anyZone = (more: readonly string[] = []): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.oneof(fc.constantFrom(...others, ...more), fc.constantFrom(...managed)), { maxLength: 30 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      // With a lifetime for all, with that of the SOA's last field, and with that of the line above.
      fc.constantFrom(`$TTL 1h\n${soaLine}`, soaLine, soaLine.replace('@ IN', '@ 300 IN')),
    )
    .map(([lines, lineEnd, whole, head]) => `${head}@ NS ns1\nns1 A 192.0.2.2\n${lines.join('\n')}${whole ? '\n' : ''}`.replaceAll('\n', lineEnd));
