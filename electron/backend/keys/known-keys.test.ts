import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyRing } from './key-ring.ts';
import { type CountedKey, fingerprintIn, forgetKey, knownKeys, trustKey } from './known-keys.ts';
import { fingerprintOf } from './public-key.ts';
import { keyFile, keyFromFile, newPrivateKeyPem, type SigningKey } from './signing-key.ts';

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
    expect(() => keys.forget(keys.own.fingerprint)).toThrow(/signing key/);
    expect(keys.knows(keys.own.fingerprint)).toBe(true);
  });

  it('count only where a key of this workstation signed their line', () => {
    appendFileSync(file(), `${a} since=2026-01-01T00:00:00Z name=Mallory\n${b} Mallory\n`);
    expect(others()).toEqual([]);
    trust(a, 'Anna');
    const lines = readFileSync(file(), 'utf8');
    expect(others().map(({ label }) => label)).toEqual(['Anna']);
    // Nor does a line that was signed for another key.
    appendFileSync(file(), `${(lines.trimEnd().split('\n').at(-1) ?? '').replace(a, b)}\n`);
    expect(others().map(({ fingerprint }) => fingerprint)).toEqual([a]);
  });

  it('of the app and of the terminal command count for each other, and nobody else in their place', () => {
    const said: string[] = [];
    const pem = newPrivateKeyPem();
    const app = new KeyRing(data, pem, (line) => said.push(line));
    const terminal = new KeyRing(data);
    expect([app.isOwn(terminal.signing.fingerprint), terminal.isOwn(app.signing.fingerprint)]).toEqual([true, true]);
    rmSync(keyFile(data));
    const stranger = keyFromFile(data);
    const again = new KeyRing(data, pem, (line) => said.push(line));
    expect([again.knows(stranger.fingerprint), said.join()]).toEqual([false, expect.stringContaining('is not the one that was there before')]);
  });

  it.skipIf(process.platform === 'win32')('a key that others could read is closed to them, and that is said', () => {
    const said: string[] = [];
    for (const mode of [0o644, 0o640, 0o666]) {
      chmodSync(keyFile(data), mode);
      const { own: shown } = new KeyRing(data, null, (line) => said.push(line));
      expect(shown.file?.mode).toBe('0600');
    }
    expect(said).toHaveLength(3);
    expect(said[0]).toMatch(/had mode 0644: others on this machine could use it.*It has mode 0600 now/);
    expect(new KeyRing(data, null, (line) => said.push(line)).own.file?.mode).toBe('0600');
    expect(said).toHaveLength(3);
  });

  it('are pasted as a fingerprint or as the public key', () => {
    const { publicKey, fingerprint } = new KeyRing(data).own;
    expect(fingerprintIn(` ${publicKey}\n`)).toBe(fingerprintOf(publicKey));
    expect(fingerprintIn(`\t${fingerprint} `)).toBe(fingerprint);
    for (const none of ['', 'SHA256:abc', `${fingerprint} me`, publicKey.slice(1)]) expect(() => fingerprintIn(none)).toThrow(/neither a key nor/);
  });
});
