import { describe, expect, it } from 'vitest';
import { expandRanges, mostHosts, readHostList } from './host-list.ts';

describe('ranges', () => {
  it.each([
    ['web[01:03].example.com', ['web01.example.com', 'web02.example.com', 'web03.example.com']],
    ['web01..03', ['web01', 'web02', 'web03']],
    ['web01..web03.lan', ['web01.lan', 'web02.lan', 'web03.lan']],
    ['web{8..10}', ['web8', 'web9', 'web10']],
    ['n[01-02,07]', ['n01', 'n02', 'n07']],
    ['n[1:9:4]', ['n1', 'n5', 'n9']],
    ['db-[a:c]', ['db-a', 'db-b', 'db-c']],
    ['r[1:2]n[1:2]', ['r1n1', 'r1n2', 'r2n1', 'r2n2']],
    ['web{a,b}', ['weba', 'webb']],
    ['10.0.0.[9:11]', ['10.0.0.9', '10.0.0.10', '10.0.0.11']],
    ['2001:db8::1', ['2001:db8::1']],
    ['plain', ['plain']],
  ])('%s', (text, names) => expect(expandRanges(text)).toEqual(names));
  it.each(['web[01:', 'web[3:1]', 'web[1:a]', 'web1..9999999', 'web[0:999][0:999]', 'a1..b3', 'x[1:5:0]', 'x[]'])('%s is refused', (text) =>
    expect(() => expandRanges(text)).toThrow(),
  );
});

describe('a pasted list', () => {
  it('has hosts by lines, commas and blanks, with comments, users and ports', () => {
    const { hosts, troubles, twice } = readHostList('web1, web2 admin@web3:2222\n# all\n; more\n[2001:db8::2]:22 web[4:5]:23 # last\n\n');
    expect(troubles).toEqual([]);
    expect(twice).toEqual([]);
    expect(hosts).toEqual([
      { name: 'web1' },
      { name: 'web2' },
      { name: 'web3', user: 'admin', port: 2222 },
      { name: '2001:db8::2', port: 22 },
      { name: 'web4', port: 23 },
      { name: 'web5', port: 23 },
    ]);
  });
  it('loses only its bad entries, and names them', () => {
    const { hosts, troubles } = readHostList('web1\n-oProxyCommand=x web[1\nweb2:99999 we"b web3');
    expect(hosts.map(({ name }) => name)).toEqual(['web1', 'web3']);
    expect(troubles.map(({ entry }) => entry)).toEqual(['-oProxyCommand=x', 'web[1', 'web2:99999', 'we"b']);
  });
  it('says which hosts are there twice', () => {
    const { hosts, twice } = readHostList('web[1:3] web2');
    expect(hosts).toHaveLength(3);
    expect(twice).toEqual(['web2']);
  });
  it(`ends at ${mostHosts} hosts, and says so`, () => {
    const { hosts, troubles } = readHostList('a[1:9000] b[1:9000]');
    expect(hosts).toHaveLength(mostHosts);
    expect(troubles[0]?.why).toContain('more than');
  });
});
