/**
 * The Ed25519 key this workstation signs records with. Made on first use. The app keeps it with the system's key store
 * where there is one and hands it in; else it is a file that only its owner can read, and that is said wherever it is shown.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { storageError } from '../storage-error.ts';
import { fingerprintOf, rawPublicKey } from './public-key.ts';

export interface SigningKey {
  /** The raw 32 bytes, base64. */
  publicKey: string;
  fingerprint: string;
  kept: 'system' | 'file';
  /** Signature over UTF-8 text, base64. */
  sign(text: string): string;
}

/** The key from the system's key store (PKCS #8, PEM). */
export const keyFromPem = (pem: string): SigningKey => signingKey(createPrivateKey(pem), 'system');

export const keyFile = (dataFolder: string) => path.join(dataFolder, 'keys', 'signing-key.pem');

/** The key in the data folder; made where there is none. Throws `storage`. */
export function keyFromFile(dataFolder: string): SigningKey {
  const file = keyFile(dataFolder);
  try {
    return signingKey(createPrivateKey(readFileSync(file)), 'file');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(file, cause);
  }
  try {
    makeKeyFile(file);
    return signingKey(createPrivateKey(readFileSync(file)), 'file');
  } catch (cause) {
    throw storageError('make', file, cause);
  }
}

export const newPrivateKeyPem = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

/** Appears whole or not at all; when two make one at the same moment, both use the first. */
function makeKeyFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, newPrivateKeyPem(), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    rmSync(draft, { force: true });
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
}

function signingKey(privateKey: KeyObject, kept: SigningKey['kept']): SigningKey {
  const publicKey = rawPublicKey(createPublicKey(privateKey));
  return { publicKey, fingerprint: fingerprintOf(publicKey), kept, sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64') };
}

const unreadable = (file: string, cause: unknown) =>
  new WrenchbookError(
    'storage',
    `The key ${file} can't be read: ${(cause as Error).message}`,
    'Restore it from a backup, or move it away: a new one is made, and others have to be told its fingerprint.',
    { cause },
  );
