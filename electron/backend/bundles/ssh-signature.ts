/**
 * Signatures that `ssh-keygen -Y verify` checks, so that nobody needs Wrenchbook for it. The format is OpenSSH's PROTOCOL.sshsig:
 * what is signed is a digest with the namespace before it, and the signature goes as base64 between two lines.
 */
import { createHash } from 'node:crypto';
import type { SigningKey } from '../keys/signing-key.ts';

export const sealNamespace = 'wrenchbook-seal';
const magic = Buffer.from('SSHSIG');
const keyType = 'ssh-ed25519';
const lineLength = 70;

/** Its length in 32 bits, then the bytes. */
function string(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const keyBlob = (publicKey: string): Buffer => Buffer.concat([string(keyType), string(Buffer.from(publicKey, 'base64'))]);

/** The public key as OpenSSH's files have it: `ssh-ed25519 AAAA…`. */
export const sshPublicKey = (publicKey: string): string => `${keyType} ${keyBlob(publicKey).toString('base64')}`;

/** As `ssh-keygen -l` shows it; over the key's form in OpenSSH, and so another one than Wrenchbook's own. */
export const sshFingerprint = (publicKey: string): string =>
  `SHA256:${createHash('sha256')
    .update(keyBlob(publicKey))
    .digest('base64')
    .replace(/={1,2}$/, '')}`;

export function sshSignature(content: Buffer, key: SigningKey, namespace = sealNamespace): string {
  const about = [string(namespace), string(''), string('sha512')];
  const digest = createHash('sha512').update(content).digest();
  const signature = Buffer.from(key.sign(Buffer.concat([magic, ...about, string(digest)])), 'base64');
  const version = Buffer.from([0, 0, 0, 1]);
  const blob = Buffer.concat([magic, version, string(keyBlob(key.publicKey)), ...about, string(Buffer.concat([string(keyType), string(signature)]))]);
  const lines = blob.toString('base64').match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
}
