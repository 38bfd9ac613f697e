import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../rounds.test-kit.ts';
import { growthOf } from '../../topic-kit/growth.test-kit.ts';
import { wantedRecords } from './ad-records.ts';
import { editZone } from './zone-edit.ts';
import { readZone } from './zone-reading.ts';
import { nextSerial } from './zone-serial.ts';
import { anyZone, soaLine, wanted } from './zones.test-kit.ts';

const records = wantedRecords(wanted);
const head = `$TTL 3600\n${soaLine}@ NS ns1\nns1 A 192.0.2.2\n`;
const edit = (old: string, today?: string) => editZone(old, wanted, today);
function text(old: string, today?: string): string {
  const result = edit(old, today);
  if (typeof result !== 'string') throw new Error(`${result.rule}: ${result.means}`);
  return result;
}
/** Of the names that are managed, what a zone says of them. */
function says(zone: string): string[] {
  const { seen } = readZone(zone, 'corp.test.', new Set(records.map(({ owner }) => owner)));
  const lines = [...seen.values()].flatMap((own) => own.map(({ owner, ttl, type, data }) => `${owner} ${ttl} ${type} ${data}`));
  return [...new Set(lines)].sort();
}
const allWanted = records.map(({ owner, ttl, type, data }) => `${owner} ${ttl} ${type} ${data}`).sort();

describe('records in a zone', () => {
  it('are added at its end, with the addresses that are missing, under the next serial', () => {
    const result = text(`${head}dc1 A 192.0.2.11\n`);
    expect(result.startsWith(`${head.replace(' 7 ', ' 8 ')}dc1 A 192.0.2.11\n; Active Directory`)).toBe(true);
    expect(result).toContain('dc2.corp.test.\t86400\tIN\tAAAA\t2001:db8::12\n');
    expect(result).not.toContain('dc1.corp.test.\t86400\tIN\tA');
    expect(says(result)).toEqual(allWanted);
  });

  it('are right as they are, however they are written', () => {
    const by = `${head}dc1 A 192.0.2.11\nDC2 1d AAAA 2001:DB8::12
$ORIGIN test.
_MSDCS.corp 1d IN NS DC1.corp
  IN 86400 NS dc2.corp.test. ; of the same name
_sites.corp.test. 86400 NS (
   dc1.corp ) ; over two lines
_sites.corp 86400 NS dc2.corp
$ORIGIN _tcp.corp.test.
_gc 1d CNAME _ldap._tcp.gc._msdcs.corp.test.
_kerberos 1d CNAME _kerberos._tcp.dc._msdcs.corp.test.
_ldap 1d CNAME _ldap._tcp.dc._msdcs.corp.test.
_kpasswd 1h SRV 0 100 464 dc1.corp.test.
\t1h SRV 0 100 464 dc2.corp.test.
_kerberos._udp.corp.test. 1d CNAME _kerberos._tcp.dc._msdcs.corp.test.
_kpasswd._udp.corp.test. 1h SRV 0 100 464 dc1.corp.test.
_kpasswd._udp.corp.test. SRV 0 100 464 dc2.corp.test.
`;
    expect(edit(by)).toBe(by);
  });

  it('of a controller that is gone are replaced, and lines that leant on them stand alone', () => {
    const old = `${text(head)}`.replace(
      '_kpasswd._udp.corp.test.\t3600\tIN\tSRV\t0 100 464 dc1.corp.test.\n_kpasswd._udp.corp.test.',
      '_kpasswd._udp SRV 0 100 464 gone ; why\n\t\t',
    );
    const result = text(old);
    expect(result).toContain('\n_kpasswd._udp.corp.test.\t\t\t3600\tIN\tSRV\t0 100 464 dc2.corp.test.\n');
    expect(result).not.toContain('gone');
    expect(says(result)).toEqual(allWanted);
    expect(text(result)).toBe(result);
  });

  it.each([
    ['CRLF', head.replaceAll('\n', '\r\n')],
    ['no last line end', head.trimEnd()],
    ['no last line end, a comment', `${head}; bye`],
    ['tabs and a SOA in parentheses', `$TTL\t1h\n@\tIN\tSOA\tns1 hostmaster (\n\t\t7 ; serial\n\t\t1h 10m\n 1w 1h )\n\tNS\tns1\n`],
    ['UTF-8', `${head}; Grüße\nhello TXT "ünï (;"\n`],
    ['$INCLUDE and $GENERATE', `${head}$INCLUDE more.db\n$GENERATE 1-9 host$ A 192.0.2.$\n`],
    ['another origin at its end', `${head}$ORIGIN sub.corp.test.\nwww A 192.0.2.3\n`],
    ['a quotation with an escaped mark', `${head}q TXT "a\\"b ( ; "\n`],
    ['no $TTL', head.replace('$TTL 3600\n', '')],
  ])('leave the rest byte for byte: %s', (_, old) => {
    const result = text(old);
    expect(result.startsWith(old.replace(/\b7\b/, '8'))).toBe(true);
    expect(says(result)).toEqual(allWanted);
    expect(text(result)).toBe(result);
    if (old.includes('\r\n')) expect(result.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each([
    ['cut-off', 'an open parenthesis', `$TTL 1\n@ SOA ns1 h (\n 1 2 3`],
    ['cut-off', 'an open quotation', `${head}x TXT "half`],
    ['cut-off', 'an open quotation with an escaped mark', `${head}x TXT "half\\"\n`],
    ['parenthesis', 'one that closes nothing', `${head}x A 192.0.2.3 )\n`],
    ['no-soa', 'an empty file', ''],
    ['no-soa', 'another zone', head.replace('@ IN SOA', 'other.test. SOA')],
    ['no-soa', 'only included', '$INCLUDE soa.db\n'],
    ['serial', 'a template', head.replace(' 7 ', ' @SERIAL@ ')],
    ['serial', 'one above the largest', head.replace(' 7 ', ' 4294967296 ')],
    ['address-differs', 'another address', `${head}dc1 A 192.0.2.99\n`],
    ['controller-alias', 'an alias', `${head}dc1 CNAME ns1\n`],
    ['name-taken', 'a TXT record where an alias goes', `${head}_kerberos._tcp TXT "CORP.TEST"\n`],
    ['name-taken', 'an alias where a delegation goes', `${head}_msdcs CNAME ns1\n`],
    ['other-server', 'another LDAP server', `${head}_ldap._tcp SRV 0 0 389 ldap\n`],
    ['ttl-lent', 'lifetimes that lean on a line', `${soaLine.replace('@ IN', '@ 300 IN')}_kpasswd._tcp 600 SRV 0 0 464 gone\nwww A 192.0.2.3\n`],
    ['signed', 'made by a signer', `${head}www A 192.0.2.3\nwww RRSIG A 8 3 3600 20270101000000 20260101000000 1 corp.test. AAAA\n`],
  ])('are refused as %s: %s', (rule, _, old) => {
    expect(edit(old)).toMatchObject({ rule, means: expect.stringMatching(/\.|:/), next: expect.stringMatching(/\.$/) });
  });

  it('say of one whose SOA record is in another file that this is not done here', () => {
    expect(edit('$TTL 1h\n$INCLUDE "/etc/bind/soa.inc"\n@ IN NS ns1\nns1 IN A 127.0.0.1\n')).toMatchObject({
      rule: 'no-soa',
      next: expect.stringMatching(/takes the SOA record from another file.*this procedure does not raise/),
    });
  });

  it('take an address for the same in whatever spelling', () => {
    const six = { ...wanted, controllers: [{ host: 'dc2.corp.test', address: '2001:db8::12' }] };
    const merged = editZone(`${head}dc2 AAAA 2001:DB8:0:0::0012\n`, six);
    expect(typeof merged).toBe('string');
    expect((merged as string).match(/AAAA/g)).toHaveLength(1);
    expect(editZone(`${head}dc2 AAAA 2001:db8::13\n`, six)).toMatchObject({ rule: 'address-differs' });
  });

  it('survive anything: twice is once, and whatever else stands there stays in its order', () => {
    fc.assert(
      fc.property(anyZone(['$INCLUDE x']), (old) => {
        const once = edit(old, '20260301');
        if (typeof once !== 'string') {
          expect(once.rule).toBe('ttl-lent');
          return;
        }
        expect(edit(once, '20260302')).toBe(once);
        expect(says(once).filter((record) => !record.includes(' MX '))).toEqual(allWanted);
        const managed = /_msdcs|_sites|_kpasswd|SRV/;
        // A line that leant on one that is gone has its name in front now.
        const others = (zone: string) =>
          zone
            .replaceAll(/^_\S+(?=\tIN MX)/gm, '')
            .split(/\r?\n/)
            .filter((each) => each !== '' && !managed.test(each) && !each.includes('SOA'));
        const added = others(once).slice(others(old).length);
        expect(others(once).slice(0, others(old).length)).toEqual(others(old));
        expect(added.every((each) => /^(; Active Directory|dc\d|_(gc|ldap|kerberos))/.test(each))).toBe(true);
      }),
      { numRuns: rounds({ test: 100, soak: 1_000 }) },
    );
  });

  it('of 6 MB are merged, at a cost that grows with their size and not faster', () => {
    const merge = (hosts: number) => {
      const old = `${head}${'host IN A 192.0.2.1 ; a host of ours\n'.repeat(hosts)}`;
      expect(text(old).length - old.length).toBeLessThan(2000);
    };
    expect(growthOf(merge, 40_000)).toBeLessThan(10);
  });
});

describe('the next serial', () => {
  it.each([
    ['7', '20260301', '8'],
    ['2026010403', '20260301', '2026030100'],
    ['2026030100', '20260301', '2026030101'],
    ['2026030199', '20260301', '2026030200'],
    ['2026030300', '20260301', '2026030301'],
    ['2026010403', undefined, '2026010404'],
    ['1772323200', '20260301', '1772323201'],
    ['4294967295', '20260301', '1'],
    ['0', '20260301', '1'],
    ['4294967296', '20260301', null],
    ['-1', '20260301', null],
    ['1h', '20260301', null],
  ])('of %s on %s is %s', (serial, today, next) => expect(nextSerial(serial, today)).toBe(next));

  it('is a newer one for every secondary (RFC 1982)', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 32 - 1 }), fc.constantFrom('20260301', undefined), (serial, today) => {
        const step = (Number(nextSerial(String(serial), today)) - serial + 2 ** 32) % 2 ** 32;
        expect(step > 0 && step < 2 ** 31).toBe(true);
      }),
    );
  });
});
