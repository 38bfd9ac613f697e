/** The signing key in the system's key store: made on first use, its file encrypted by the store. */
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMarked, marked, newPrivateKeyPem } from './backend/keys/signing-key.ts';
import { replaceFile } from './backend/whole-file.ts';

/** What is used of Electron's safeStorage. */
export interface KeyStore {
  isEncryptionAvailable(): boolean;
  /** Linux only: `basic_text` means that there is no store and the text would only be scrambled. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

/**
 * The private key as PEM, or null where the system has no key store: then the backend keeps it in a file of its own and
 * says so.
 * A key that the store does not open any more stays where it is; `tell` gets a line about that.
 */
export function keyFromSystem(store: KeyStore, dataFolder: string, platform: NodeJS.Platform, tell: (line: string) => void): string | null {
  if (!store.isEncryptionAvailable()) return null;
  if (platform === 'linux' && store.getSelectedStorageBackend?.() === 'basic_text') return null;
  const file = path.join(dataFolder, 'keys', 'signing-key.sealed');
  try {
    if (!existsSync(file)) makeSealedKey(store, file);
    const pem = store.decryptString(readFileSync(file));
    // Once the ledger is signed, nothing that is not counts any more: the key says so from the next start on.
    if (!isMarked(pem) && isSigned(path.join(dataFolder, 'ledger.jsonl'))) replaceFile(file, store.encryptString(marked(pem)));
    return pem;
  } catch (cause) {
    tell(`the key ${file} can't be opened with the system's key store, so a key in a file is used: ${(cause as Error).message}`);
    return null;
  }
}

const isSigned = (ledger: string): boolean => existsSync(ledger) && readFileSync(ledger, 'utf8').includes('"sig":"');

function makeSealedKey(store: KeyStore, file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, store.encryptString(newPrivateKeyPem()), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    rmSync(draft, { force: true });
  }
}
