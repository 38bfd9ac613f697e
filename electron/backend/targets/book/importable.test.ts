import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { targetEntry } from '../../../../shared/api/target.ts';
import { findImportable, importedEntry } from './importable.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};
const config = () => path.join(folder, 'config');

it('finds the hosts of a configuration with its includes, and no patterns', () => {
  put(
    'config',
    'Include conf.d/*.conf none/x\nUser all\nHost web1 web2 !web3 web*\n  HostName 192.0.2.7\n  user admin\n  Port=2222\nHost *\n  Compression yes\nMatch host db* exec "touch /tmp/never"\n  User x\nHost "quoted"\n',
  );
  put('conf.d/10.conf', 'Host inner\n  ProxyJump gate\n');
  put('conf.d/not.txt', 'Host hidden\n');
  expect(findImportable(config(), []).candidates).toEqual([
    { host: 'inner', from: 'config', detail: 'ProxyJump gate', present: false },
    { host: 'web1', from: 'config', detail: 'HostName 192.0.2.7, User admin, Port 2222', present: false },
    { host: 'web2', from: 'config', detail: 'HostName 192.0.2.7, User admin, Port 2222', present: false },
    { host: 'quoted', from: 'config', detail: '', present: false },
  ]);
});

it('finds plain names in known_hosts, counts hashed ones, and says what is already a target', () => {
  put(
    'known_hosts',
    '# c\n|1|a=|b= ssh-ed25519 AAAA\n@revoked bad ssh-rsa A\ndb1,192.0.2.1 ssh-ed25519 A\n[gate.example]:2222 ssh-rsa A\n*.example ssh-rsa A\ndb1 ssh-rsa B\n\n-oX=y ssh-rsa A\n',
  );
  const target = { id: 'g', name: 'g', connection: { kind: 'ssh', host: 'gate.example', port: 2222 }, root: 'none', group: '', tags: [], note: '' } as const;
  const found = findImportable(config(), [{ ...target, tags: [] }]);
  expect(found.candidates.map(({ host, port, present }) => [host, port, present])).toEqual([
    ['db1', undefined, false],
    ['192.0.2.1', undefined, false],
    ['gate.example', 2222, true],
  ]);
  expect([found.hashed, found.troubles]).toEqual([1, [expect.stringMatching(/^"-oX=y" of known_hosts can’t be a target/)]]);
});

it('stops at files that include each other, and says so', () => {
  put('config', 'Include config\nHost a\n');
  const { candidates, troubles } = findImportable(config(), []);
  expect(candidates.map(({ host }) => host)).toEqual(['a']);
  expect(troubles).toEqual([expect.stringContaining('includes too many')]);
});

it('takes an alias that is longer than a name may be, and names one that can be no target', () => {
  const long = `a${'b'.repeat(99)}.example`;
  put('config', `Host web1 ${long} user@web;1\nHost db2\n`);
  const { candidates, troubles } = findImportable(config(), []);
  expect(candidates.map(({ host }) => host)).toEqual(['web1', long, 'db2']);
  expect(troubles).toEqual(['"user@web;1" of your ssh configuration can’t be a target: ssh takes no such name on its command line.']);
  const entry = importedEntry({ host: long });
  expect(targetEntry.parse(entry)).toMatchObject({ connection: { host: long }, name: expect.stringMatching(/^ab{78}…$/) });
});

it('names each that can be no target, with the reason', () => {
  put('config', `Host ${'a'.repeat(300)}\n`);
  put('known_hosts', '[gate.example]:99999 ssh-rsa A\n[gate.example]:2222 ssh-rsa A\n');
  const { candidates, troubles } = findImportable(config(), []);
  expect(candidates.map(({ port }) => port)).toEqual([2222]);
  expect(troubles).toEqual([
    `"${'a'.repeat(100)}…" of your ssh configuration can’t be a target: its host is too long: 300 characters, at most 255. Example: web1.example.com.`,
    '"gate.example" of known_hosts can’t be a target: its port has to be at most 65535. Example: 22.',
  ]);
});
