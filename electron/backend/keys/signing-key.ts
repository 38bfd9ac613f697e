/**
 * The Ed25519 key this workstation signs records with. Made on first use. The app keeps it with the system's key store
 * where there is one and hands it in; else it is a file that only its owner can read, and that is said wherever it is shown.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { storageError } from '../storage-error.ts';
import { replaceFile } from '../whole-file.ts';
import { fingerprintOf, rawPublicKey } from './public-key.ts';

export interface SigningKey {
  /** The raw 32 bytes, base64. */
  publicKey: string;
  fingerprint: string;
  kept: 'system' | 'file';
  /** Every record of this key's data folder is signed: what is not was never one. False for a key of before records were. */
  signsAll: boolean;
  /** Signature over bytes or UTF-8 text, base64. */
  sign(content: string | Buffer): string;
}

/**
 * Stands before the key itself, where PEM lets text stand: only who can read the key can put it there, and who takes the
 * file away gets a new key, which has it.
 */
const signsAllMark = 'Wrenchbook records: signed\n';
export const isMarked = (pem: string): boolean => pem.startsWith(signsAllMark);
export const marked = (pem: string): string => (isMarked(pem) ? pem : `${signsAllMark}${pem}`);

/** The key from the system's key store (PKCS #8, PEM). */
export const keyFromPem = (pem: string): SigningKey => signingKey(pem, 'system');

export const keyFile = (dataFolder: string) => path.join(dataFolder, 'keys', 'signing-key.pem');

/** The key in the data folder; made where there is none. `tell` hears of a mode that had to be put right. Throws `storage`. */
export function keyFromFile(dataFolder: string, tell: (line: string) => void = () => undefined): SigningKey {
  const file = keyFile(dataFolder);
  try {
    const pem = readFileSync(file, 'utf8');
    const key = signingKey(pem, 'file');
    closeToOthers(file, key.fingerprint, tell);
    return key;
  } catch (cause) {
    if (cause instanceof WrenchbookError) throw cause;
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(file, cause);
  }
  try {
    makeKeyFile(file);
    return signingKey(readFileSync(file, 'utf8'), 'file');
  } catch (cause) {
    throw storageError('make', file, cause);
  }
}

/** From now on nothing under the key counts that is not signed. Throws `storage`. */
export function markKeyFile(dataFolder: string): void {
  const file = keyFile(dataFolder);
  replaceFile(file, marked(readFileSync(file, 'utf8')));
}

export const newPrivateKeyPem = (): string => marked(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());

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
}

/** A key that others could read is closed to them, and that is said: whether somebody has read it can't be known. */
function closeToOthers(file: string, fingerprint: string, tell: (line: string) => void): void {
  if (process.platform === 'win32') return; // no such bits there
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  const loose = `The key ${file} (${fingerprint}) had mode ${mode.toString(8).padStart(4, '0')}: others on this machine could use it.`;
  try {
    chmodSync(file, 0o600);
  } catch (cause) {
    throw new WrenchbookError(
      'storage',
      `${loose} It was not used, as that can't be changed: ${(cause as Error).message}.`,
      `Give it mode 0600: chmod 600 ${file}`,
      {
        cause,
      },
    );
  }
  tell(`${loose} It has mode 0600 now. If somebody may have read it, move it away: a new one is made.`);
}

function signingKey(pem: string, kept: SigningKey['kept']): SigningKey {
  const privateKey: KeyObject = createPrivateKey(pem);
  const publicKey = rawPublicKey(createPublicKey(privateKey));
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    kept,
    signsAll: isMarked(pem),
    sign: (content) => sign(null, typeof content === 'string' ? Buffer.from(content) : content, privateKey).toString('base64'),
  };
}

const unreadable = (file: string, cause: unknown) =>
  new WrenchbookError(
    'storage',
    `The key ${file} can't be read: ${(cause as Error).message}`,
    'Restore it from a backup, or move it away: a new one is made, and others need to know its fingerprint.',
    { cause },
  );
