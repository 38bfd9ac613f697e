/** Public Ed25519 keys as text: the raw 32 bytes in base64, and a fingerprint in the form people know from ssh-keygen. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

export function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url').toString('base64');
}

/** `SHA256:` and the digest of the raw key, base64 without padding. */
export const fingerprintOf = (publicKey: string): string =>
  `SHA256:${createHash('sha256')
    .update(Buffer.from(publicKey, 'base64'))
    .digest('base64')
    .replace(/(?<!=)=+$/, '')}`;

/** False for a signature that does not fit and for a key that is none. */
export function signatureFits(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
