import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyRing } from './key-ring.ts';
import { type CountedKey, fingerprintIn, forgetKey, knownKeys, trustKey } from './known-keys.ts';
import { fingerprintOf } from './public-key.ts';
import { keyFromFile, type SigningKey } from './signing-key.ts';

let data = '';
let own: SigningKey;
const a = `SHA256:${'a'.repeat(43)}`;
const b = `SHA256:${'b'.repeat(43)}`;
const runId = '20261101-100000-a-topic-0001';
const others = (): CountedKey[] => knownKeys(data, own).filter(({ here }) => !here);
const trust = (fingerprint: string, label: string) => trustKey(data, own, fingerprint, { label });
const file = () => path.join(data, 'keys', 'known-keys');
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-keys-'));
  own = keyFromFile(data);
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

describe('known keys', () => {
  it('keep the first name, tell since when, and come back after being forgotten', () => {
    trust(a, 'run=x  Anna\n');
    trust(a, 'Bert');
    trust(b, 'since=then');
    expect(others()).toMatchObject([
      { fingerprint: a, label: 'run=x Anna', runId: null },
      { fingerprint: b, label: 'since=then', runId: null },
    ]);
    expect(Date.now() - Date.parse(others()[0]?.since ?? '')).toBeLessThan(60_000);
    forgetKey(data, own, a);
    expect(others().map((key) => key.fingerprint)).toEqual([b]);
    expect(() => forgetKey(data, own, a)).toThrow(/No key with the fingerprint/);
    trust(a, 'Carla');
    expect(others().map((key) => key.label)).toEqual(['since=then', 'Carla']);
  });

  it('are read as the first version wrote them, and a torn line takes no other with it', () => {
    own = { ...own, signsAll: false }; // a key of then
    writeFileSync(file(), `${a} Anna at work\nno key\n`);
    expect(others()).toEqual([{ fingerprint: a, label: 'Anna at work', since: null, runId: null, here: false }]);
    appendFileSync(file(), `-${a.slice(0, 20)}`);
    trust(b, 'Bert');
    expect(others().map((key) => key.label)).toEqual(['Anna at work', 'Bert']);
    expect(readFileSync(file(), 'utf8')).toMatch(/\n$/);
  });

  it('may count for one run only, until they count for all', () => {
    const keys = new KeyRing(data);
    keys.trust(a, 'Anna', runId);
    expect([keys.knows(a), keys.knowsFor(runId)(a), keys.knowsFor('20261101-100000-a-topic-0002')(a)]).toEqual([false, true, false]);
    keys.trust(a, 'Anna');
    expect(keys.knows(a)).toBe(true);
    keys.forget(a);
    expect([keys.knows(a), keys.knowsFor(runId)(a)]).toEqual([false, false]);
  });

  it('never lose the one that signs here', () => {
    const keys = new KeyRing(data);
    expect(keys.own).toMatchObject({ kept: 'file', file: { path: path.join(data, 'keys', 'signing-key.pem'), mode: '0600' } });
    expect(() => keys.forget(keys.own.fingerprint)).toThrow(/signs here/);
    expect(keys.knows(keys.own.fingerprint)).toBe(true);
  });

  it('are pasted as a fingerprint or as the public key', () => {
    const { publicKey, fingerprint } = new KeyRing(data).own;
    expect(fingerprintIn(` ${publicKey}\n`)).toBe(fingerprintOf(publicKey));
    expect(fingerprintIn(`\t${fingerprint} `)).toBe(fingerprint);
    for (const none of ['', 'SHA256:abc', `${fingerprint} me`, publicKey.slice(1)]) expect(() => fingerprintIn(none)).toThrow(/neither a key nor/);
  });
});
