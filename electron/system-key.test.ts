import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyFromPem } from './backend/keys/signing-key.ts';
import { type KeyStore, keyFromSystem } from './system-key.ts';

let data = '';
let said: string[] = [];
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'wb-key-'));
  said = [];
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
const store = (more: Partial<KeyStore> = {}): KeyStore => ({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text) => flip(Buffer.from(text)),
  decryptString: (bytes) => flip(bytes).toString(),
  ...more,
});
const key = (given: KeyStore, platform: NodeJS.Platform = 'linux') => keyFromSystem(given, data, platform, (line) => said.push(line));

test('is made once, and nothing readable of it is in its file', () => {
  const pem = key(store()) ?? '';
  expect(keyFromPem(pem)).toMatchObject({ kept: 'system', fingerprint: expect.stringMatching(/^SHA256:/) });
  expect(key(store())).toBe(pem);
  const file = path.join(data, 'keys', 'signing-key.sealed');
  expect(readFileSync(file, 'latin1')).not.toContain('PRIVATE KEY');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('is left to a file where the system has no store, or one that only scrambles', () => {
  expect(key(store({ isEncryptionAvailable: () => false }))).toBeNull();
  expect(key(store({ getSelectedStorageBackend: () => 'basic_text' }))).toBeNull();
  expect(key(store({ getSelectedStorageBackend: () => 'basic_text' }), 'darwin')).not.toBeNull();
});

test('of before records were signed says that they are, once the ledger is', () => {
  const old = (key(store()) ?? '').replace(/^[^-]*/, '');
  const file = path.join(data, 'keys', 'signing-key.sealed');
  writeFileSync(file, store().encryptString(old));
  expect(keyFromPem(key(store()) ?? '').signsAll).toBe(false);
  writeFileSync(path.join(data, 'ledger.jsonl'), '{"v":1,"key":"x","sig":"y"}\n');
  key(store());
  const now = keyFromPem(key(store()) ?? '');
  expect([now.signsAll, now.fingerprint]).toEqual([true, keyFromPem(old).fingerprint]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('that the store does not open stays, and is told', () => {
  key(store());
  const file = path.join(data, 'keys', 'signing-key.sealed');
  writeFileSync(file, 'of another login');
  const broken = store({
    decryptString: () => {
      throw new Error('Error while decrypting the ciphertext');
    },
  });
  expect(key(broken)).toBeNull();
  expect(said).toEqual([expect.stringContaining('signing-key.sealed')]);
  expect(readFileSync(file, 'utf8')).toBe('of another login');
});
