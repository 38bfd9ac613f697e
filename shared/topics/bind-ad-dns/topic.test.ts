import { describe, expect, it } from 'vitest';
import { whyNotOn } from '../../topic-kit/index.ts';
import { controllersOf, parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';

const given = { domain: 'Corp.Test.', controllers: 'dc1=192.0.2.11 DC2.corp.test=2001:db8::12', zoneFile: '/etc/bind/db.corp.test' };
const values = parameters.parse(given);

describe('the form', () => {
  it('takes names short and full, and addresses of both kinds', () => {
    expect(values.domain).toBe('corp.test');
    expect(controllersOf(values)).toEqual([
      { host: 'dc1.corp.test', address: '192.0.2.11' },
      { host: 'dc2.corp.test', address: '2001:db8::12' },
    ]);
  });
  it.each([
    ['controllers', ''],
    ['controllers', 'dc1'],
    ['controllers', 'dc1=192.0.2.300'],
    ['controllers', 'dc1=192.0.2.1=x'],
    ['controllers', 'dc_1=192.0.2.1'],
    ['controllers', 'dc1=192.0.2.1, DC1=192.0.2.2'],
    ['controllers', Array.from({ length: 17 }, (_, index) => `dc${index}=192.0.2.${index}`).join(' ')],
    ['domain', 'corp'],
    ['domain', 'corp test.example'],
    ['domain', '-x.example'],
    ['domain', 'a"b.example'],
    ['zoneFile', 'db.corp.test'],
    ['server', 'localhost'],
    ['ttl', '-1'],
  ])('refuses %s: %s', (name, value) => {
    expect(parameters.safeParse({ ...given, [name]: value }).error?.issues.map(({ path }) => path[0])).toContain(name);
  });
});

describe('the look', () => {
  const judge = (output: string) => probe.judge({ output, exitStatus: 0 }, values);
  const both = 'dc1.corp.test. dc2.corp.test.';
  const aliases = [
    ['_gc._tcp', '_ldap._tcp.gc._msdcs'],
    ['_kerberos._tcp', '_kerberos._tcp.dc._msdcs'],
    ['_kerberos._udp', '_kerberos._tcp.dc._msdcs'],
    ['_ldap._tcp', '_ldap._tcp.dc._msdcs'],
  ];
  const fixed = [
    'authoritative=1',
    'answers=1',
    ...['ns._msdcs', 'ns._sites', 'srv._kpasswd._tcp', 'srv._kpasswd._udp'].map((name) => `${name}=${both} `),
    ...aliases.flatMap(([name, to]) => [`alias.${name}=${to}.corp.test. `, `srv.${name}=${both} `]),
  ].join('\n');
  it.each([
    ['already-fixed', fixed],
    ['affected', fixed.replace(`ns._sites=${both}`, 'ns._sites=dc1.corp.test.')],
    ['affected', fixed.replace(`_kpasswd._udp=${both}`, `_kpasswd._udp=${both} dc3.corp.test.`)],
    ['affected', fixed.replace('alias._ldap._tcp=_ldap', 'alias._ldap._tcp=_other')],
    ['affected', fixed.replace(`srv._gc._tcp=${both}`, 'srv._gc._tcp=')],
    ['affected', fixed.replace(`srv._ldap._tcp=${both}`, 'srv._ldap._tcp=')],
    ['affected', 'authoritative=1\nanswers=1\n'],
    ['not-affected', fixed.replace('authoritative=1', 'authoritative=0')],
    ['unknown', fixed.replace('answers=1', 'answers=0')],
    ['unknown', ''],
    ['unknown', 'sh: dig: not found'],
  ])('says %s', (verdict, output) => expect(judge(output).verdict).toBe(verdict));

  it('names a controller that has come, and one that has gone', () => {
    const come = judge(fixed.replace(`srv._ldap._tcp=${both}`, `srv._ldap._tcp=${both} dc3.corp.test.`));
    expect(come).toMatchObject({ verdict: 'affected', because: expect.stringContaining('has dc1.corp.test, dc2.corp.test, dc3.corp.test, and the list') });
    const gone = judge(fixed.replace(`srv._ldap._tcp=${both}`, 'srv._ldap._tcp=dc1.corp.test.'));
    expect(gone).toMatchObject({ verdict: 'affected', because: expect.stringContaining('has dc1.corp.test, and the list has dc1.corp.test, dc2.corp.test') });
  });
});

it('leaves the zone’s block alone where BIND has no forwarders', () => {
  const step = steps(values).find(({ id }) => id === 'forwarding');
  if (step?.kind !== 'edit') throw new Error('It is no edit of one file.');
  const edit = (old: string, forwarders: string) => step.edit(old, { forwarders }, '');
  const block = 'zone "corp.test" {\n\ttype primary;\n};\n';
  expect([edit(block, 'no'), edit('', 'no')]).toEqual([block, '']);
  expect(edit(block, 'yes')).toContain('forwarders { };');
  expect(edit('', 'yes')).toMatchObject({ rule: 'no-zone-block' });
});

it('is for systems that run BIND, and says which program is missing', () => {
  const facts = (id: string, kernel: string, tools: Record<string, string | null>) =>
    ({ os: { id, like: [], name: id, version: '1' }, kernel, tools }) as unknown as Parameters<typeof whyNotOn>[1];
  const systems = topic.systems ?? {};
  const all = { rndc: '/x', 'named-checkconf': '/x', 'named-checkzone': '/x', dig: '/x' };
  expect(whyNotOn(systems, facts('debian', 'Linux 6.1', all))).toBeNull();
  expect(whyNotOn(systems, facts('macos', 'Darwin 24', all))).toMatchObject({ message: expect.stringContaining('this is for') });
  expect(whyNotOn(systems, facts('debian', 'Linux 6.1', { ...all, rndc: null }))).toMatchObject({ next: expect.stringContaining('bind9-utils') });
});
